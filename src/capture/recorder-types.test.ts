import { describe, expect, it } from 'vitest';
import { fakeMediaRecorder } from './fake-hardware.js';
import { isTaken, recorderTypes } from './recorder-types.js';

describe('isTaken', () => {
  it.each([
    ['video/webm;codecs=vp8', undefined, true],
    ['video/webm;codecs=vp8', ['video/webm'], true],
    ['video/webm;codecs=vp8', ['video/mp4'], false],
    ['video/mp4', ['video/mp4'], true],
    ['video/mp4;codecs=avc1.42E01E,mp4a.40.2', ['video/mp4'], true],
    ['video/mp4; codecs="avc3.42E01E"', ['video/quicktime', 'video/mp4'], true],
    // What Chromium puts into an mp4 where it has no H.264.
    ['video/mp4;codecs=vp9,opus', ['video/mp4'], false],
    ['video/x-matroska;codecs=avc1', ['video/webm'], false],
    ['VIDEO/WebM; codecs=vp9', ['video/webm'], true],
    ['video/x-motion-jpeg', ['video/mp4', 'video/webm'], false],
    ['', ['video/mp4'], false],
  ] as const)('%s for %j: %s', (mediaType, containers, taken) => {
    expect(isTaken(mediaType, containers)).toBe(taken);
  });
});

describe('recorderTypes', () => {
  const all = fakeMediaRecorder(['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/webm;codecs=h264']);

  it('keeps its own order where anything is taken', () => {
    expect(recorderTypes(all)).toEqual(['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/webm;codecs=h264']);
  });

  it('begins with what becomes mp4 without loss where mp4 is needed and not recorded', () => {
    expect(recorderTypes(all, 'picture', ['video/mp4'])[0]).toBe('video/webm;codecs=h264');
  });

  it('begins with what is taken', () => {
    const both = fakeMediaRecorder(['video/mp4', 'video/webm;codecs=vp8', 'video/webm;codecs=h264']);
    expect(recorderTypes(both, 'picture', ['video/mp4'])).toEqual(['video/mp4', 'video/webm;codecs=h264', 'video/webm;codecs=vp8']);
    expect(recorderTypes(both, 'picture', ['video/webm'])).toEqual(['video/webm;codecs=vp8', 'video/webm;codecs=h264', 'video/mp4']);
    // Nothing that is recorded is taken: no reason for another order.
    expect(recorderTypes(both, 'picture', ['video/3gpp'])).toEqual(recorderTypes(both));
  });
});
