import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDwell } from './dwell.js';
import { INSTRUCTION_IDS, type Instruction, type InstructionId } from './instruction.js';

const options = { dwellMs: 700, confirmMs: 200 };

function instruction(id: InstructionId, value = 0): Instruction {
  return { id, metric: 'faces', value, threshold: 1, distance: 1 - value };
}

describe('createDwell', () => {
  it('shows the first candidate at once', () => {
    expect(createDwell(options).show(instruction('moveCloser'), 5).id).toBe('moveCloser');
  });

  it('keeps a text for the dwell time, to the millisecond', () => {
    const dwell = createDwell(options);
    dwell.show(instruction('moveCloser'), 0);
    for (const time of [10, 300, 699]) expect(dwell.show(instruction('holdStill'), time).id).toBe('moveCloser');
    expect(dwell.show(instruction('holdStill'), 700).id).toBe('holdStill');
  });

  it('does not pass on one odd frame after the dwell time', () => {
    const dwell = createDwell(options);
    dwell.show(instruction('holdStill'), 0);
    expect(dwell.show(instruction('noFace'), 5000).id).toBe('holdStill');
    for (const time of [5033, 5133, 5233]) expect(dwell.show(instruction('holdStill'), time).id).toBe('holdStill');
    expect(dwell.show(instruction('noFace'), 5266).id).toBe('holdStill');
    expect(dwell.show(instruction('noFace'), 5465).id).toBe('holdStill');
    expect(dwell.show(instruction('noFace'), 5466).id).toBe('noFace');
  });

  it('names a fault that comes and goes with every other frame', () => {
    const dwell = createDwell(options);
    dwell.show(instruction('holdStill'), 0);
    const texts = Array.from({ length: 20 }, (_, index) => dwell.show(instruction(index % 2 ? 'holdSteady' : 'holdStill'), 1000 + index * 33).id);
    expect(texts).toContain('holdSteady');
  });

  it('leaves an untrue text even when the candidates disagree among themselves', () => {
    const dwell = createDwell(options);
    dwell.show(instruction('noFace'), 0);
    const texts = Array.from({ length: 50 }, (_, index) => dwell.show(instruction(index % 2 ? 'moveLeft' : 'moveUp'), 1000 + index * 20).id);
    expect(texts.at(-1)).not.toBe('noFace');
  });

  it('refreshes the numbers of a text that stays', () => {
    const dwell = createDwell(options);
    dwell.show(instruction('moveCloser', 0.1), 0);
    expect(dwell.show(instruction('moveCloser', 0.3), 33).value).toBe(0.3);
  });

  it('never changes the text faster than the dwell time, whatever comes', () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(...INSTRUCTION_IDS), fc.nat({ max: 900 })), { maxLength: 200 });
    fc.assert(
      fc.property(frames, fc.nat({ max: 1500 }), fc.nat({ max: 500 }), (steps, dwellMs, confirmMs) => {
        const dwell = createDwell({ dwellMs, confirmMs });
        let time = 0;
        let shown: InstructionId | undefined;
        let changedAt = -Infinity;
        for (const [id, step] of steps) {
          time += step;
          const next = dwell.show(instruction(id), time).id;
          if (next === shown) continue;
          expect(time - changedAt).toBeGreaterThanOrEqual(shown === undefined ? 0 : dwellMs);
          shown = next;
          changedAt = time;
        }
      }),
    );
  });
});
