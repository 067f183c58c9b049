import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { derive, MEDIA_CACHE, VIDEOS } from '../../scripts/media.js';

const run = promisify(execFile);

/** What a microphone hears in a quiet room: somebody who reads digits aloud, or nobody. */
export type Loudness = 'aloud' | 'silence';

const VOLUME: Readonly<Record<Loudness, number>> = { aloud: 1, silence: 0 };

/** Where there is no speech synthesis: a tone with the envelope of syllables, ten seconds of it. */
const TONE = "aevalsrc='0.4*pow(sin(PI*mod(t,0.6)/0.6),2)*(sin(2*PI*180*t)+0.5*sin(2*PI*360*t)+0.3*sin(2*PI*900*t))':s=48000:d=10";

/**
 * A sound for Chromium's fake microphone, which repeats it: a quiet room for three seconds, then ten of a voice that reads Chinese
 * digits one behind the other. How loud it is says little: Chromium brings quiet voices up.
 */
export async function speechFile(loudness: Loudness): Promise<string> {
  const voice = await synthesised('四七二一'.repeat(12));
  return derive({
    input: VIDEOS.cap12,
    args: [...(voice === undefined ? ['-f', 'lavfi', '-i', TONE] : ['-i', voice]), '-filter_complex', `[1:a]volume=${VOLUME[loudness]},aresample=48000,adelay=3000,apad,atrim=0:13[sound]`, '-map', '[sound]', '-ac', '1', '-c:a', 'pcm_s16le'],
    extension: 'wav',
  });
}

/** By Debian's espeak-ng; `undefined` where it is not installed. */
async function synthesised(text: string): Promise<string | undefined> {
  mkdirSync(MEDIA_CACHE, { recursive: true });
  const path = join(MEDIA_CACHE, 'digits.wav');
  try {
    await run('espeak-ng', ['-v', 'cmn', '-s', '150', '-w', path, text]);
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
