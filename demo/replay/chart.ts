import type { Limit, Metric } from '../../src/liveness/index.js';
import type { Frame, Run, Stretch } from './run.js';
import { scale, svg } from './svg.js';

/** A stretch of time, milliseconds. */
export type Range = readonly [from: number, to: number];

/** What every drawing of the page shares. */
export interface Canvas {
  readonly range: Range;
  /** CSS pixels. */
  readonly width: number;
}

const ROW = 64;
const LANE = 28;
/** Kept free above and below a line. */
const PADDING = 6;
/** A gap between two frames that is no line, milliseconds. */
const GAP = 1500;

/** One measured value over time, with its limits and with what a challenge asked of it. */
export function drawMetric(run: Run, metric: Metric, { range, width }: Canvas): SVGSVGElement {
  const frames = run.frames.filter(({ time }) => time >= range[0] && time <= range[1]);
  const limits = run.limits[metric] ?? [];
  const asked = askedOf(frames, metric);
  const [low, high] = domainOf(metric, [...frames.map(({ values }) => values[metric]), ...asked.flatMap((point) => point.threshold ?? [])], limits);
  const x = scale(range, [0, width]);
  const y = scale([low, high], [ROW - PADDING, PADDING]);
  const inside = (value: number): boolean => value > low && value < high;
  const node = svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${ROW}`, width, height: ROW, 'aria-hidden': 'true' });
  for (const limit of limits) {
    const above = limit.bad > limit.good;
    const edge = Math.min(Math.max(y(limit.bad), 0), ROW);
    node.append(svg('rect', { class: 'beyond', x: 0, y: above ? 0 : edge, width, height: above ? edge : ROW - edge }));
    if (inside(limit.bad)) node.append(level('limit', y(limit.bad), width));
    if (limit.abort !== undefined && inside(limit.abort)) node.append(level('abort', y(limit.abort), width));
  }
  for (const path of pathsOf(asked.map(({ time, threshold }) => ({ time, value: threshold })), x, y)) node.append(svg('path', { class: 'asked', d: path }));
  for (const path of pathsOf(frames.map(({ time, values }) => ({ time, value: values[metric] })), x, y)) node.append(svg('path', { class: 'line', d: path }));
  return withCursor(node, ROW);
}

/** A lane of named stretches. `label` is drawn inside where there is room. */
export function drawLane<Kind extends string>(found: readonly Stretch<Kind>[], { range, width }: Canvas, label: (kind: Kind) => string): SVGSVGElement {
  const x = scale(range, [0, width]);
  const node = svg('svg', { class: 'lane', viewBox: `0 0 ${width} ${LANE}`, width, height: LANE, 'aria-hidden': 'true' });
  for (const { kind, start, end } of found) {
    if (end < range[0] || start > range[1]) continue;
    const left = Math.max(0, x(start));
    const length = Math.max(3, Math.min(width, x(end)) - left);
    const text = label(kind);
    // A nested drawing cuts off what does not fit.
    node.append(
      svg(
        'svg',
        { x: left, y: 0, width: length, height: LANE },
        svg('rect', { class: `band band-${kind}`, x: 0.5, y: 3, width: Math.max(2, length - 1), height: LANE - 6, rx: 4 }),
        ...(length > 26 ? [svg('text', { class: 'band-text', x: 7, y: LANE / 2 + 4 }, text)] : []),
        svg('title', {}, text),
      ),
    );
  }
  return withCursor(node, LANE);
}

/** Seconds below everything else. */
export function drawAxis({ range, width }: Canvas): SVGSVGElement {
  const x = scale(range, [0, width]);
  const node = svg('svg', { class: 'axis', viewBox: `0 0 ${width} 22`, width, height: 22, 'aria-hidden': 'true' });
  const step = [0.5, 1, 2, 5, 10, 20, 30, 60, 120].find((seconds) => (width * seconds * 1000) / (range[1] - range[0]) >= 56) ?? 300;
  for (let seconds = Math.ceil(range[0] / 1000 / step) * step; seconds * 1000 <= range[1]; seconds += step) {
    const at = x(seconds * 1000);
    const anchor = at < 14 ? 'start' : at > width - 14 ? 'end' : 'middle';
    node.append(svg('line', { class: 'tick', x1: at, x2: at, y1: 0, y2: 5 }), svg('text', { class: 'tick-text', x: at, y: 18, 'text-anchor': anchor }, String(Math.round(seconds * 10) / 10)));
  }
  return withCursor(node, 5);
}

/** Puts every cursor below `root` to a moment. */
export function moveCursor(root: Element, time: number, { range, width }: Canvas): void {
  const x = scale(range, [0, width])(time);
  for (const line of root.querySelectorAll('.cursor')) {
    line.setAttribute('x1', String(x));
    line.setAttribute('x2', String(x));
  }
}

function withCursor(node: SVGSVGElement, height: number): SVGSVGElement {
  node.append(svg('line', { class: 'cursor', x1: -1, x2: -1, y1: 0, y2: height }));
  return node;
}

const level = (name: string, y: number, width: number): SVGLineElement => svg('line', { class: name, x1: 0, x2: width, y1: y, y2: y });

interface Point {
  readonly time: number;
  readonly value: number | undefined;
}

/** Lines through the points, broken where a value is unknown. */
function pathsOf(points: readonly Point[], x: (value: number) => number, y: (value: number) => number): string[] {
  const paths: string[] = [];
  let path = '';
  let last = -Infinity;
  for (const { time, value } of points) {
    if (value === undefined || !Number.isFinite(value)) {
      if (path) paths.push(path);
      path = '';
      continue;
    }
    if (time - last > GAP && path) {
      paths.push(path);
      path = '';
    }
    path += `${path ? 'L' : 'M'}${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
    last = time;
  }
  if (path) paths.push(path);
  return paths;
}

/** What a running challenge asked of a metric, frame by frame: by its instruction, or all the time. */
function askedOf(frames: readonly Frame[], metric: Metric): { readonly time: number; readonly threshold: number | undefined }[] {
  return frames.map(({ time, shown, limits }) => ({ time, threshold: limits?.[metric] ?? (shown?.state === 'capturing' && shown.instruction.id !== 'holdStill' && shown.instruction.metric === metric ? shown.instruction.threshold : undefined) }));
}

/** Values whose zero says something; the others have limits on both sides of it, or none near it. */
const FROM_ZERO: readonly Metric[] = ['eyeOpenness', 'mouthOpenness', 'soundLevel', 'motion', 'secondFace', 'faceSize'];

/** From the lowest to the highest value and all the limits, so that what looks large is large. */
function domainOf(metric: Metric, values: readonly number[], limits: readonly Limit[]): readonly [number, number] {
  const known = [...values.filter(Number.isFinite), ...limits.map(({ bad }) => bad), ...(FROM_ZERO.includes(metric) ? [0] : [])];
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (high - low || 1) * 0.08;
  return [low - margin, high + margin];
}
