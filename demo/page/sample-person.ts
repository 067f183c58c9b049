/** Frames a second of the stream; the recording has 30. */
const FRAME_RATE = 30;

/**
 * A stream of a recording, for machines without a camera. It goes through a canvas because Safari's video has no
 * `captureStream`. When its track is stopped, the recording stops too.
 *
 * @param video same-origin, or the canvas would give nothing
 * @throws Error when the recording cannot be played
 */
export async function streamOf(video: HTMLVideoElement): Promise<MediaStream> {
  video.currentTime = 0;
  await video.play();
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to play the sample person on');
  const stream = canvas.captureStream(FRAME_RATE);
  const [track] = stream.getVideoTracks();
  const draw = (): void => {
    // A track that is stopped by its owner sends no event.
    if (track?.readyState !== 'live') {
      video.pause();
      return;
    }
    context.drawImage(video, 0, 0);
    requestAnimationFrame(draw);
  };
  draw();
  return stream;
}
