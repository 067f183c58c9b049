/** Makes `.cache/sample/person.webm`: the demo's sample person, twelve seconds of a real one, for machines without a camera. */
import { copyFile, mkdir } from 'node:fs/promises';
import { derive, VIDEOS } from './media.js';

const video = await derive({
  input: VIDEOS.franck,
  inputArgs: ['-ss', '12', '-t', '12'],
  args: ['-vf', 'scale=640:480,fps=30', '-an', '-c:v', 'libvpx', '-b:v', '1500k', '-deadline', 'realtime', '-cpu-used', '4'],
  extension: 'webm',
});
await mkdir('.cache/sample', { recursive: true });
await copyFile(video, '.cache/sample/person.webm');
