// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CameraControl } from '../../flow/index.js';
import { clientResult } from '../scripted-flow.fixture.js';
import { instruction, type MountedElement, mountElement, OVAL, settle } from '../mounted-element.fixture.js';

let mounted: MountedElement;
let used: string[];
const select = (): HTMLSelectElement => mounted.part('camera') as HTMLSelectElement;
const shown = (): boolean => !mounted.part('cameras').hidden;
const names = (): (string | null)[] => [...select().options].map(({ textContent }) => textContent);
const camera = (deviceId: string, label: string, facing: CameraControl['cameras'][number]['facing'] = 'unknown'): CameraControl['cameras'][number] => ({ deviceId, label, facing, kind: 'plain' });
const THREE = [camera('a', 'camera2 1, facing front', 'front'), camera('b', 'camera2 0, facing back', 'back'), camera('c', 'camera2 2, facing back', 'back')];

function offer(cameras: CameraControl['cameras'], deviceId: string | undefined = cameras[0]?.deviceId): void {
  mounted.lastRun().options.onCamera?.({ deviceId, cameras, use: (id) => used.push(id) });
}
function choose(deviceId: string): void {
  select().value = deviceId;
  select().dispatchEvent(new Event('change'));
}
async function again(): Promise<void> {
  void mounted.element.restart();
  await settle();
}
const guide = (): void => mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveCloser'), progress: 0, oval: OVAL, challengeType: 'silent' });

beforeEach(async () => {
  used = [];
  mounted = mountElement();
  void mounted.element.start();
  await settle();
  await mounted.agree();
});
afterEach(() => mounted.element.remove());

describe('the menu of cameras', () => {
  it('is there where there are several, while nothing is being asked for', () => {
    guide();
    expect(shown()).toBe(false);
    offer([camera('a', 'Camera')]);
    expect(shown()).toBe(false);
    offer(THREE);
    expect([shown(), select().getAttribute('aria-label'), select().value]).toEqual([true, '切换摄像头', 'a']);
    mounted.lastRun().tell({ phase: 'recording', instruction: instruction('holdStill'), progress: 0, oval: OVAL, challenge: { type: 'silent' } });
    expect(shown()).toBe(false);
    mounted.lastRun().tell({ phase: 'reacquiring' });
    expect(shown()).toBe(false);
    guide();
    expect(shown()).toBe(true);
  });

  it('has names to read, each of them once, in the language of the page', () => {
    offer([...THREE, camera('d', 'FaceTime HD Camera (05ac:8514)'), camera('e', ''), camera('f', 'Anna 的 iPhone')]);
    guide();
    expect(names()).toEqual(['前置摄像头', '后置摄像头', '后置摄像头 2', 'FaceTime HD Camera', '摄像头', 'Anna 的 iPhone']);
    mounted.element.locale = 'en';
    expect(names().slice(0, 3)).toEqual(['Front camera', 'Back camera', 'Back camera 2']);
    expect(select().value).toBe('a');
  });

  it('is left alone while it is drawn again, since it may be open', () => {
    offer(THREE);
    guide();
    const replaced = vi.spyOn(select(), 'replaceChildren');
    for (let step = 0; step < 5; step += 1) guide();
    expect(replaced).not.toHaveBeenCalled();
  });

  it('changes the camera, shows the one that is really in use, and keeps the choice for the next try in memory alone', async () => {
    offer(THREE);
    guide();
    choose('b');
    expect(used).toEqual(['b']);
    offer(THREE, 'b');
    await again();
    expect([mounted.runs.length, mounted.lastRun().options.deviceId]).toEqual([2, 'b']);
    guide();
    expect(shown()).toBe(false);
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
  });

  it('forgets a choice that could not be had: the flow says which camera is in use', async () => {
    offer(THREE);
    guide();
    choose('b');
    offer(THREE, 'c');
    expect(select().value).toBe('c');
    await again();
    expect(mounted.lastRun().options.deviceId).toBeUndefined();
  });

  it('keeps the camera that was in use where another choice could not be had', async () => {
    offer(THREE);
    guide();
    choose('b');
    offer(THREE, 'b');
    choose('c');
    // Told again: the list has changed.
    offer(THREE.slice(0, 2), 'b');
    await again();
    expect(mounted.lastRun().options.deviceId).toBe('b');
  });

  it.each(['camera-too-small', 'camera-no-frames', 'camera-lost', 'camera-in-use'])('does not begin again with a camera that a run ended on: %s', async (code) => {
    offer(THREE);
    guide();
    choose('b');
    offer(THREE, 'b');
    mounted.lastRun().end(clientResult('failed', code));
    await settle();
    await again();
    expect(mounted.lastRun().options.deviceId).toBeUndefined();
    offer(THREE, 'b');
    await again();
    expect(mounted.lastRun().options.deviceId, 'which the person has not chosen since').toBeUndefined();
  });

  it('hands on the focus when it goes', () => {
    offer(THREE);
    guide();
    select().focus();
    mounted.lastRun().tell({ phase: 'recording', instruction: instruction('holdStill'), progress: 0, oval: OVAL, challenge: { type: 'silent' } });
    expect(mounted.element.shadowRoot?.activeElement).toBe(mounted.part('frame'));
  });
});
