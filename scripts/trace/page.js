// @ts-check
/** Runs in the browser: takes the frames that observe-video.ts serves as portable pixmaps and asks the detector about each. */
import { createTfjsDetector } from '/dist/esm/detector/index.js';

/** @param {number} framesPerSecond */
export async function observe(framesPerSecond) {
  const detector = createTfjsDetector({ workerUrl: '/dist/worker/detector.js', assetBase: '/dist/assets' });
  try {
    await loadWithMesh(detector);
    const observations = [];
    const latencies = [];
    for await (const image of frames()) {
      const bitmap = await createImageBitmap(image);
      const before = performance.now();
      observations.push(await detector.detect(bitmap, (observations.length * 1000) / framesPerSecond));
      latencies.push(performance.now() - before);
      if (observations.length % 100 === 0) await window.reportProgress(observations.length);
    }
    return { observations, latencies };
  } catch (error) {
    return { observations: [], latencies: [], error: String(error) };
  } finally {
    detector.dispose();
  }
}

function loadWithMesh(detector) {
  return new Promise((resolve, reject) => {
    detector.load({ onStage: (stage) => stage === 'mesh' && resolve(undefined), onFailure: ({ code, detail }) => reject(new Error(`${code}: ${detail}`)) }).catch(reject);
  });
}

/** Cuts the stream into images: `P6\n<width> <height>\n255\n` and three bytes a pixel. */
export async function* frames() {
  const response = await fetch('/frames');
  const reader = response.body.getReader();
  let buffer = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const joined = new Uint8Array(buffer.length + value.length);
    joined.set(buffer);
    joined.set(value, buffer.length);
    buffer = joined;
    for (;;) {
      const header = /^P6\n(\d+) (\d+)\n255\n/.exec(String.fromCharCode(...buffer.subarray(0, 32)));
      if (!header) break;
      const width = Number(header[1]);
      const height = Number(header[2]);
      const start = header[0].length;
      const end = start + width * height * 3;
      if (buffer.length < end) break;
      yield toImageData(buffer.subarray(start, end), width, height);
      buffer = buffer.slice(end);
    }
  }
}

function toImageData(rgb, width, height) {
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < rgb.length; to += 4) {
    image.data[to] = rgb[from++];
    image.data[to + 1] = rgb[from++];
    image.data[to + 2] = rgb[from++];
    image.data[to + 3] = 255;
  }
  return image;
}
