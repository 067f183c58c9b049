/** The replay viewer: a trace file, the run that the engine makes of it, and why it went as it did. Nothing is sent anywhere. */
import { addLocale, promptText } from '../../src/codes/index.js';
import english from '../../src/codes/prompts/en.js';
import { decodeTrace, TraceError, type Metric, type TraceEntry } from '../../src/liveness/index.js';
import { element } from '../explorer/element.js';
import { part } from '../page/part.js';
import { createChallengeForm } from './challenge-form.js';
import { drawAxis, drawLane, drawMetric, moveCursor, type Canvas, type Range } from './chart.js';
import { explain } from './explain.js';
import { measuredMetrics, runTrace, type Frame, type Run } from './run.js';
import { spentTime } from './spent.js';
import { eventTable } from './table.js';
import { LOCALE, say, showSeconds, showValue, WORDS, type Language, type Word } from './words.js';

const LARGEST_FILE = 50e6;
/** How long an example may take, milliseconds. */
const LOAD_DEADLINE_MS = 20_000;
/** Shown after the end of a run, milliseconds. */
const AFTER = 1000;

addLocale(english);

let language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
let trace: readonly TraceEntry[] = [];
let run: Run | undefined;
let canvas: Canvas = { range: [0, 1], width: 1 };
let moment = 0;
/** Value of each metric at the moment, beside its name. */
const values = new Map<Metric, HTMLElement>();

const cursor = part<HTMLInputElement>('cursor');
const rows = part('rows');
const form = createChallengeForm(replay);

function complain(text: string): void {
  const problem = part('problem');
  problem.textContent = text;
  problem.hidden = text === '';
}

function open(text: string): void {
  try {
    const { note, entries, observations } = decodeTrace(text);
    const begin = entries[0]?.time;
    if (begin === undefined || observations.length === 0) return complain(say(language, 'empty'));
    trace = entries.map((entry) => ({ ...entry, time: entry.time - begin }));
    form.fill(note.engine);
  } catch (error) {
    return complain(say(language, 'unreadable', { reason: error instanceof TraceError ? error.message : String(error) }));
  }
  complain('');
  part('options').hidden = false;
  replay();
  part('result').focus({ preventScroll: true });
}

async function openFile(file: File | undefined): Promise<void> {
  if (!file) return;
  if (file.size > LARGEST_FILE) return complain(say(language, 'tooLarge'));
  open(await file.text());
}

async function openExample(path: string): Promise<void> {
  try {
    const response = await fetch(path, { credentials: 'omit', signal: AbortSignal.timeout(LOAD_DEADLINE_MS) });
    if (!response.ok) throw new Error(String(response.status));
    open(await response.text());
  } catch {
    complain(say(language, 'exampleMissing'));
  }
}

function replay(): void {
  if (trace.length === 0) return;
  const { from, options } = form.read();
  try {
    run = runTrace(trace.filter(({ time }) => time >= from), options);
  } catch (error) {
    return complain(say(language, 'badOptions', { reason: error instanceof Error ? error.message : String(error) }));
  }
  complain(run.frames.length === 0 ? say(language, 'empty') : '');
  moment = run.end;
  draw();
}

function draw(): void {
  drawWords();
  form.draw(language);
  if (!run || run.frames.length === 0) return;
  for (const id of ['result', 'time']) part(id).hidden = false;
  drawStory(run);
  drawTime(run);
  part('table').replaceChildren(eventTable(run, language));
  const record = run.result.state === 'done' ? run.result.record : run.tries[run.tries.length - 1]?.record;
  part('record-details').hidden = record === undefined;
  part('record').textContent = record ? JSON.stringify(record, null, 2) : '';
}

function drawWords(): void {
  document.documentElement.lang = LOCALE[language];
  for (const each of document.querySelectorAll<HTMLElement>('[data-word]')) each.textContent = say(language, each.dataset['word'] as Word);
  const other = part('language');
  other.textContent = say(language, 'other');
  other.lang = language === 'zh' ? 'en' : 'zh-CN';
  part('table').setAttribute('aria-label', say(language, 'table'));
  document.title = `facefront · ${say(language, 'title')}`;
}

function drawStory(drawn: Run): void {
  const { tone, headline, failure, lines } = explain(drawn, language);
  const head = part('headline');
  head.textContent = headline;
  head.className = `headline headline-${tone}`;
  const box = part('failure');
  box.hidden = failure === undefined;
  box.replaceChildren(
    ...(failure ? [element('code', {}, failure.path), element('p', { className: 'meaning' }, failure.meaning), element('p', {}, element('span', { className: 'muted' }, `${say(language, 'read')} `), element('strong', {}, failure.prompt))] : []),
  );
  part('lines').replaceChildren(...lines.map((line) => element('li', {}, line)));
  part('spent').replaceChildren(...spentTime(drawn, language));
  const faces = drawn.frames.filter(({ values: measured }) => measured.faces > 0).length;
  const [first, last] = [drawn.frames[0], drawn.frames[drawn.frames.length - 1]];
  part('frames').textContent = say(language, 'frames', { frames: drawn.frames.length, faces, seconds: showSeconds((last?.time ?? 0) - (first?.time ?? 0)) });
}

function rangeOf(drawn: Run): Range {
  const first = drawn.frames[0]?.time ?? 0;
  const last = drawn.frames[drawn.frames.length - 1]?.time ?? first;
  const wanted = part<HTMLSelectElement>('range').value === 'all' ? last : Math.min(last, drawn.end + AFTER);
  return [first, Math.max(wanted, first + 1)];
}

function drawTime(drawn: Run): void {
  const { states, gestures, metrics } = WORDS[language];
  const prompt = (id: Run['instructions'][number]['kind']): string => promptText(`instruction.${id}`, LOCALE[language]);
  rows.replaceChildren(element('div', { className: 'row' }, element('div', { className: 'name' }), element('div', { className: 'drawing' })));
  canvas = { range: rangeOf(drawn), width: Math.max(200, Math.floor(rows.querySelector('.drawing')?.clientWidth ?? 600)) };
  values.clear();
  const row = (name: string, drawing: Node, value?: HTMLElement): HTMLElement =>
    element('div', { className: 'row' }, element('div', { className: 'name' }, element('span', {}, name), ...(value ? [value] : [])), element('div', { className: 'drawing' }, drawing));
  rows.replaceChildren(
    row(say(language, 'state'), drawLane(drawn.states, canvas, (kind) => states[kind])),
    row(say(language, 'instruction'), drawLane(drawn.instructions, canvas, prompt)),
    row(say(language, 'seen'), drawLane(drawn.gestures, canvas, (kind) => gestures[kind])),
    ...measuredMetrics(drawn).map((metric) => {
      const value = element('span', { className: 'value' });
      values.set(metric, value);
      return row(metrics[metric], drawMetric(drawn, metric, canvas), value);
    }),
    row('', drawAxis(canvas)),
  );
  cursor.min = String(canvas.range[0]);
  cursor.max = String(canvas.range[1]);
  setMoment(Math.min(moment, canvas.range[1]));
}

/** The frame that was on at a moment. */
function frameAt(frames: readonly Frame[], time: number): Frame | undefined {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.time ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return frames[low];
}

function setMoment(time: number): void {
  if (!run) return;
  moment = time;
  cursor.value = String(time);
  moveCursor(rows, time, canvas);
  const frame = frameAt(run.frames, time);
  for (const [metric, node] of values) node.textContent = frame ? showValue(metric, frame.values[metric]) : '';
  const { states, gestures } = WORDS[language];
  const seen = run.gestures.filter(({ start, end }) => start <= time && end >= time).map(({ kind }) => gestures[kind]);
  const parts = [
    say(language, 'moment', { seconds: showSeconds(time) }),
    ...(frame?.shown ? [states[frame.shown.state], `“${promptText(`instruction.${frame.shown.instruction.id}`, LOCALE[language])}”`] : []),
    ...seen,
  ];
  part('readout').textContent = parts.join(' · ');
  cursor.setAttribute('aria-valuetext', parts.join(', '));
}

function follow(event: PointerEvent): void {
  const drawing = (event.target as Element).closest('.drawing');
  if (!drawing || (event.type === 'pointermove' && event.buttons === 0 && event.pointerType !== 'mouse')) return;
  const { left, width } = drawing.getBoundingClientRect();
  const [from, to] = canvas.range;
  setMoment(from + Math.min(1, Math.max(0, (event.clientX - left) / width)) * (to - from));
}

part<HTMLInputElement>('file').addEventListener('change', (event) => void openFile((event.target as HTMLInputElement).files?.[0]));
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-example]')) button.addEventListener('click', () => void openExample(button.dataset['example'] ?? ''));
for (const type of ['dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    part('drop').classList.toggle('drop-over', type === 'dragover');
    if (type === 'drop') void openFile(event.dataTransfer?.files[0]);
  });
}
part('options').addEventListener('submit', (event) => event.preventDefault());
part('range').addEventListener('change', () => run && drawTime(run));
cursor.addEventListener('input', () => setMoment(cursor.valueAsNumber));
rows.addEventListener('pointermove', follow);
rows.addEventListener('pointerdown', follow);
part('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  draw();
});
let width = 0;
new ResizeObserver(() => {
  if (!run || Math.abs(rows.clientWidth - width) < 2) return;
  width = rows.clientWidth;
  drawTime(run);
}).observe(rows);

draw();
