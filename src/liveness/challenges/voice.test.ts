import { describe, expect, it } from 'vitest';
import { levelAt } from './speech.fixture.js';
import { createVoiceMeter, isHeard, isSpoken } from './voice.js';

/** A second of the room, then a second with one syllable in it. */
function hear(loudness: number, room: number, interval = 40) {
  const meter = createVoiceMeter();
  const speech = { syllables: [1300], loudness, room };
  for (let time = 0; time < 2000; time += interval) {
    if (time >= 1000 && Number.isNaN(meter.floor)) {
      meter.settle();
      meter.take();
    }
    meter.push(time, levelAt(speech, time));
  }
  return { meter, heard: meter.take() };
}

describe('createVoiceMeter', () => {
  it.each([16, 40, 100, 200])('hears a voice in any room it is louder than, a level every %i ms', (interval) => {
    for (const [loudness, room] of [[0.05, 0.0005], [0.02, 0.003], [0.3, 0.05], [0.2, 0.02]] as const) {
      const { meter, heard } = hear(loudness, room, interval);
      expect(isSpoken(heard), `${loudness} in ${room}`).toBe(true);
      expect(meter.floor).toBeGreaterThan(room * 0.7);
      expect(meter.floor).toBeLessThan(room * 1.3);
      expect(heard.voicedMs).toBeLessThanOrEqual(600);
    }
  });

  it('hears that somebody speaks too quietly', () => {
    for (const [loudness, room] of [[0.006, 0.0005], [0.013, 0.007]] as const) {
      const { heard } = hear(loudness, room);
      expect(isSpoken(heard), `${loudness} in ${room}`).toBe(false);
      expect(isHeard(heard), `${loudness} in ${room}`).toBe(true);
    }
  });

  it('does not take the room for a voice, nor a click', () => {
    for (const room of [0, 0.001, 0.01, 0.07, 0.2]) {
      const { heard } = hear(0, room);
      expect(isSpoken(heard), `room ${room}`).toBe(false);
      expect(isHeard(heard), `room ${room}`).toBe(false);
    }
    const meter = createVoiceMeter();
    for (let time = 0; time < 2000; time += 20) {
      if (time === 1000) {
        meter.settle();
        meter.take();
      }
      meter.push(time, time >= 1400 && time < 1460 ? 0.4 : 0.001);
    }
    expect(isSpoken(meter.take())).toBe(false);
  });

  it('is not led astray by a cough while it listens to the room', () => {
    const meter = createVoiceMeter();
    for (let time = 0; time < 1000; time += 40) meter.push(time, time > 300 && time < 700 ? 0.5 : 0.002);
    meter.settle();
    expect(meter.floor).toBe(0.002);
  });

  it('knows a dead microphone and a loud room', () => {
    expect(hear(0, 0).meter).toMatchObject({ alive: false, noisy: false });
    expect(hear(0.05, 0.002).meter).toMatchObject({ alive: true, noisy: false });
    expect(hear(0.3, 0.15).meter).toMatchObject({ alive: true, noisy: true });
  });

  it('passes over what is no level', () => {
    const meter = createVoiceMeter();
    for (const odd of [undefined, NaN, -1, 2, Infinity, 'x']) meter.push(0, odd as number);
    meter.settle();
    expect(meter.floor).toBeNaN();
    expect(meter.alive).toBe(false);
  });

  it('does not count time in which it was not to listen', () => {
    const meter = createVoiceMeter();
    for (let time = 0; time < 1000; time += 40) meter.push(time, 0.001);
    meter.settle();
    meter.take();
    for (let time = 1000; time < 2000; time += 40) meter.push(time, time < 1900 ? undefined : 0.1);
    expect(meter.take().voicedMs).toBeLessThanOrEqual(80);
    expect(meter.level).toBe(0.1);
  });

  it('keeps its first floor', () => {
    const meter = createVoiceMeter();
    meter.settle();
    for (let time = 0; time < 1000; time += 40) meter.push(time, 0.05);
    expect(meter.floor).toBeNaN();
    expect(meter.speechLevel).toBe(0.01);
  });
});
