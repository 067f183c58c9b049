import { describe, expect, it } from 'vitest';
import { fakePlatform, FakeTrack, fakeVisibility } from './fake-hardware.js';
import { watchTrack } from './track-watch.js';

function watch(track = new FakeTrack('audio')) {
  const page = fakeVisibility();
  const platform = fakePlatform(page);
  const watched = watchTrack(track as unknown as MediaStreamTrack, { platform, muteTimeoutMs: 100, code: 'microphone-failed' });
  const lost: string[] = [];
  watched.onLost(({ code, detail }) => lost.push(`${code}: ${detail}`));
  return { page, platform, track, watched, lost };
}

describe('watchTrack', () => {
  it('names the device and the reason', () => {
    const { track, lost } = watch();
    track.end();
    expect(lost).toEqual(['microphone-failed: the audio track ended']);
    expect(track.listeners).toBe(0);
  });

  it('lets a hidden page be muted as long as it likes, and counts from the moment it is back', async () => {
    const { page, platform, track, lost } = watch();
    page.show(false);
    track.mute(true);
    await platform.advance(10_000);
    expect(lost).toEqual([]);
    page.show(true);
    await platform.advance(99);
    expect(lost).toEqual([]);
    await platform.advance(1);
    expect(lost).toEqual(['microphone-failed: the audio track stayed muted for 100 ms']);
  });

  it('stops counting when the page goes away in the middle of a mute, and forgets it when the sound is back', async () => {
    const { page, platform, track, lost } = watch();
    track.mute(true);
    await platform.advance(60);
    page.show(false);
    await platform.advance(1_000);
    track.mute(false);
    page.show(true);
    await platform.advance(1_000);
    expect(lost).toEqual([]);
    expect(platform.pending).toBe(0);
  });

  it('is told of a loss that the track keeps to itself, once, and not after its release', () => {
    const { watched, lost } = watch();
    watched.lose('pulled out');
    watched.lose('again');
    expect(lost).toEqual(['microphone-failed: pulled out']);
    const other = watch();
    other.watched.release();
    other.watched.lose('too late');
    other.page.show(true);
    expect([other.lost, other.track.listeners]).toEqual([[], 0]);
  });
});
