import { BlobSource, BufferTarget, canEncodeAudio, Conversion, type ConversionOptions, Input, type InputAudioTrack, MATROSKA, MP4, Mp4OutputFormat, Output, QTFF, Quality, WEBM } from 'mediabunny';
import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { bitrateAfter, bitrateWithin, MP4_TYPE } from './recorder-types.js';
import type { Recording } from './recorder.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';

/** Options of {@link toMp4}. */
export interface ToMp4Options {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'has'>;
  /** In webm, Matroska, mp4 or QuickTime. */
  readonly recording: Recording;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the whole conversion. Default 30,000: a phone without an encoder in hardware takes about as long as the video. */
  readonly timeoutMs?: number | undefined;
  /** Default 2,000,000; lowered so that the file fits `maxBytes`. */
  readonly bitsPerSecond?: number | undefined;
  /** A larger one is made anew, at less and less rate, at last in half the size; one that is larger still is `recorder-failed`. Default: no bound. */
  readonly maxBytes?: number | undefined;
  /** Done so far, 0–1; from the start again for another try. */
  readonly onProgress?: ((progress: number) => void) | undefined;
}

/** A recording in mp4. */
export interface Mp4Recording extends Recording {
  /** `as-is`: it was H.264 in mp4. `remuxed`: the same pictures in another container. `transcoded`: made anew, a generation lost. */
  readonly made: 'as-is' | 'remuxed' | 'transcoded';
}

/** Room for the container, which the encoder's rate does not count. */
const CONTAINER_BYTES = 16_384;
/** No encoder takes less for a picture that anybody could look at. */
const LEAST_BITS_PER_SECOND = 20_000;
/** Encoders go above a low rate; another try asks for as much less. After so many a smaller picture is what is left. */
const FULL_SIZE_ATTEMPTS = 2;
/** Pixels of the longest side of what is made anew: a phone's own camera makes four times as many, for which the rate is too low. */
const LONG_SIDE = 1_280;

/**
 * H.264 in mp4, which is what vendors take, of what a browser records: by another container where the pictures are H.264
 * already, else with the browser's own encoder (WebCodecs). Sound becomes AAC where the browser can make it, and stays as it
 * is (Opus) where it cannot. Nothing is uploaded or fetched.
 *
 * Codes: `recorder-unavailable` (the browser cannot: no WebCodecs, no H.264 encoder, or it does not decode its own recording),
 * `recorder-failed` (it tried; or not within `timeoutMs`), `recorder-empty`, `cancelled`. The recording itself is untouched:
 * it can be sent as it is, and the server has to convert it.
 */
export async function toMp4({ platform, recording, signal, timeoutMs = 30_000, bitsPerSecond = 2_000_000, maxBytes, onProgress }: ToMp4Options): Promise<CaptureResult<Mp4Recording>> {
  const inputs: Input[] = [];
  const open = (content: Blob): Input => {
    const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source: new BlobSource(content) });
    inputs.push(input);
    return input;
  };
  let conversion: Conversion | undefined;
  let isWanted = true;
  /** Bytes of an mp4, or why there are none. */
  const make = async (input: Input, options: Pick<ConversionOptions, 'video' | 'audio' | 'copy'>): Promise<CaptureResult<ArrayBuffer>> => {
    const target = new BufferTarget();
    const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
    conversion = await Conversion.init({ input, output, tracks: 'primary', showWarnings: false, ...options });
    if (!isWanted) return cancelled('converting to mp4');
    const refused = conversion.discardedTracks.map(({ track, reason }) => `${track.type}: ${reason}`).join(', ');
    if (!conversion.isValid || !conversion.utilizedTracks.some((track) => track.isVideoTrack())) return failure('recorder-unavailable', `the browser cannot make H.264 of it (${refused})`);
    if (onProgress && options.video) conversion.onProgress = (progress) => onProgress(progress);
    await conversion.execute();
    return target.buffer ? success(target.buffer) : failure('recorder-failed', 'the conversion gave no bytes');
  };

  const convert = async (): Promise<CaptureResult<Mp4Recording>> => {
    const recorded = open(new Blob([...recording.chunks]));
    const [picture] = await recorded.getVideoTracks();
    const codec = await picture?.getCodec();
    if (!picture) return failure('recorder-empty', 'the recording has no picture');
    const isMp4 = (await recorded.getFormat()).mimeType === MP4_TYPE;
    const isCopy = codec === 'avc' && !(maxBytes && recording.bytes > maxBytes);
    if (isCopy && isMp4) return success({ ...recording, made: 'as-is' });
    if (!isCopy && !(platform.has('VideoEncoder') && platform.has('VideoDecoder'))) {
      return failure('recorder-unavailable', `the recording is ${codec ?? 'of an unknown codec'}, and the browser has no WebCodecs to make H.264 of it`);
    }
    const { durationMs, endedBy } = recording;
    // A first picture that comes late moves everything by as much, rather than being made anew.
    const copy = { shiftTolerance: Infinity };
    let input = recorded;
    if (!isCopy && !isMp4) {
      // A webm leaves open how long the last picture of each cluster is shown, and what is shown for no time is left out of
      // what is made anew (mediabunny 1.61); an mp4 says it of each.
      const timed = await make(recorded, { copy: { ...copy, mode: 'forced' } });
      if (timed.ok) input = open(new Blob([timed.value]));
    }
    const [width, height] = [await picture.getDisplayWidth(), await picture.getDisplayHeight()];
    const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
    // H.264 wants even numbers.
    const pixels = (side: number, part: number): number => 2 * Math.round((side * part) / 2);
    let rate = bitrateWithin({ bitsPerSecond, maxBytes: maxBytes && Math.max(1, maxBytes - CONTAINER_BYTES), maxDurationMs: durationMs });
    for (let attempt = 1; ; attempt += 1) {
      const part = attempt > FULL_SIZE_ATTEMPTS ? scale / 2 : scale;
      const made = await make(input, {
        video: isCopy ? {} : { codec: 'avc', quality: new Quality({ bitrate: Math.max(LEAST_BITS_PER_SECOND, rate) }), fit: 'contain', ...(part < 1 && { width: pixels(width, part), height: pixels(height, part) }) },
        audio: chooseAudio,
        copy,
      });
      if (!made.ok) return made;
      const bytes = made.value.byteLength;
      if (isCopy || !maxBytes || bytes <= maxBytes) {
        return success({ chunks: [new Blob([made.value], { type: MP4_TYPE })], mediaType: MP4_TYPE, durationMs, bytes, endedBy, made: isCopy ? 'remuxed' : 'transcoded' });
      }
      if (attempt > FULL_SIZE_ATTEMPTS) return failure('recorder-failed', `the mp4 has ${bytes} bytes at its smallest, of ${maxBytes}`);
      rate = bitrateAfter({ bytes, durationMs }, rate);
    }
  };

  const outcome = await within(convert(), { platform, signal, timeoutMs });
  isWanted = false;
  if (outcome.kind !== 'value') await conversion?.cancel().catch(() => undefined);
  for (const input of inputs) input.dispose();
  switch (outcome.kind) {
    case 'value':
      return outcome.value;
    case 'aborted':
      return cancelled('converting to mp4');
    case 'timeout':
      return failure('recorder-failed', `the conversion to mp4 was not done within ${timeoutMs} ms`);
    case 'error':
      return failure('recorder-failed', describeError(outcome.error));
  }
}

/** Opus may stand in an mp4 too; vendors that refuse it are rarer than those that refuse silence. */
async function chooseAudio(track: InputAudioTrack): Promise<{ readonly codec?: 'aac' }> {
  const [numberOfChannels, sampleRate] = [await track.getNumberOfChannels(), await track.getSampleRate()];
  return (await canEncodeAudio('aac', { numberOfChannels, sampleRate })) ? { codec: 'aac' } : {};
}
