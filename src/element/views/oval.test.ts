// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { ovalFor } from '../../liveness/index.js';
import { createOval } from './oval.js';

const numbers = (path: string | null): number[] => (path?.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
const ringOf = (oval: ReturnType<typeof createOval>) => oval.element.querySelector('.ring');

describe('the oval', () => {
  it.each([[640, 480], [480, 640], [1280, 720], [320, 240]])('lies where the engine measures, %i×%i', (videoWidth, videoHeight) => {
    const box = ovalFor({ width: videoWidth, height: videoHeight });
    const oval = createOval();
    oval.draw({ videoWidth, videoHeight }, box, 0);
    const [cx = NaN, top = NaN, rx = NaN, ry = NaN] = numbers(ringOf(oval)?.getAttribute('d') ?? null);
    expect(oval.element.getAttribute('viewBox')).toBe(`0 0 ${videoWidth} ${videoHeight}`);
    expect([cx - rx, top, 2 * rx, 2 * ry]).toEqual([box.x * videoWidth, box.y * videoHeight, box.width * videoWidth, box.height * videoHeight].map((value) => expect.closeTo(value, 6)));
  });

  it('is mirrored with the preview', () => {
    const oval = createOval();
    oval.draw({ videoWidth: 100, videoHeight: 100 }, { x: 0, y: 0, width: 0.4, height: 0.5 }, 0);
    expect(numbers(ringOf(oval)?.getAttribute('d') ?? null).slice(0, 4)).toEqual([80, 0, 20, 25]);
  });

  it('is drawn before there is a frame, and again only when something moved', () => {
    const oval = createOval();
    oval.draw({ videoWidth: 0, videoHeight: 0 }, undefined, 0);
    expect(oval.element.getAttribute('viewBox')).toBe('0 0 480 640');
    ringOf(oval)?.setAttribute('d', 'untouched');
    oval.draw({ videoWidth: 0, videoHeight: 0 }, undefined, 0.5);
    expect([ringOf(oval)?.getAttribute('d'), ringOf(oval)?.getAttribute('stroke-dashoffset')]).toEqual(['untouched', '0.500']);
    oval.draw({ videoWidth: 640, videoHeight: 480 }, undefined, 0.5);
    expect(ringOf(oval)?.getAttribute('d')).not.toBe('untouched');
  });
});
