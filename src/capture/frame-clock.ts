/** The time of a frame: its media time in seconds, if any, and the wall clock in milliseconds → milliseconds. */
export type FrameClock = (mediaTime: number | undefined, wall: number) => number;

/**
 * Makes one clock of what the browser says of its frames, in milliseconds, never decreasing. The media time is used where
 * the first frame had one; where it stands still or starts anew (another stream in the same element, browsers that give 0
 * for a camera) the clock goes on by the wall.
 */
export function createFrameClock(): FrameClock {
  let last: { readonly time: number; readonly wall: number } | undefined;
  let usesMediaTime = false;
  return (mediaTime, wall) => {
    if (!last) usesMediaTime = mediaTime !== undefined;
    let time = usesMediaTime && mediaTime !== undefined ? mediaTime * 1000 : undefined;
    if (last && (time === undefined || time <= last.time)) time = last.time + Math.max(0, wall - last.wall);
    time ??= wall;
    last = { time, wall };
    return time;
  };
}
