import { lookup, promptFor, promptText } from '../../src/codes/index.js';
import type { ClientCode } from '../../src/codes/client-codes.js';
import { ACTION_IDS, type ActionId, type EngineEvent, type Instruction, type InstructionId, referenceOf } from '../../src/liveness/index.js';
import { decided } from './decided.js';
import type { Frame, Run } from './run.js';
import { LOCALE, say, showSeconds, showValue, WORDS, type Language } from './words.js';

/** Why a run went as it did, to be read from top to bottom. */
export interface Story {
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly headline: string;
  /** Of a run that failed: the code, the catalogue's words for it (the vendor's are Chinese), and what the person reads. */
  readonly failure?: { readonly path: string; readonly meaning: string; readonly prompt: string };
  readonly lines: readonly string[];
}

/** Obstacles told; what took less time is in the table. */
const MOST_OBSTACLES = 4;
/** A text that stood for less is no obstacle, milliseconds. */
const SHORTEST_OBSTACLE = 500;

/** Tells the run's story in words. */
export function explain(run: Run, language: Language): Story {
  const lines = [...obstacles(run, language), ...moments(run, language), ...besides(run, language), ...requests(run, language)];
  const seconds = showSeconds(run.end - (run.frames[0]?.time ?? 0));
  const { result } = run;
  if (result.state === 'failed') {
    const reference = referenceOf(result.failure);
    return {
      tone: 'bad',
      headline: say(language, 'failed', { seconds }),
      failure: {
        path: `${reference.system}/${reference.table}/${reference.code}`,
        meaning: lookup(reference.system, reference.table, reference.code).meaning,
        prompt: promptFor(reference, LOCALE[language]),
      },
      lines,
    };
  }
  return { tone: result.state === 'done' ? 'good' : 'neutral', headline: say(language, result.state, { seconds }), lines: lines.length > 0 ? lines : [say(language, 'calm')] };
}

const instructionText = (id: InstructionId, language: Language): string => promptText(`instruction.${id}`, LOCALE[language]);

interface Told {
  readonly id: InstructionId;
  readonly ms: number;
  readonly instructions: readonly Instruction[];
}

/** Frames by instruction, with the time each stood. */
function told(frames: readonly Frame[], holds: (frame: Frame) => boolean): Told[] {
  const found = new Map<InstructionId, { ms: number; instructions: Instruction[] }>();
  frames.forEach((frame, index) => {
    const { shown } = frame;
    if (!shown || !holds(frame)) return;
    const entry = found.get(shown.instruction.id) ?? { ms: 0, instructions: [] };
    entry.ms += Math.min(1000, (frames[index + 1]?.time ?? frame.time) - frame.time);
    entry.instructions.push(shown.instruction);
    found.set(shown.instruction.id, entry);
  });
  return [...found].map(([id, entry]) => ({ id, ...entry })).sort((a, b) => b.ms - a.ms);
}

function obstacles({ frames }: Run, language: Language): string[] {
  return told(frames, ({ shown }) => shown?.state === 'guiding')
    .filter(({ id, ms }) => id !== 'holdStill' && ms >= SHORTEST_OBSTACLE)
    .slice(0, MOST_OBSTACLES)
    .map(({ id, ms, instructions }) => {
      const middle = [...instructions].sort((a, b) => a.value - b.value)[instructions.length >> 1];
      return middle ? say(language, 'hindered', { seconds: showSeconds(ms), text: instructionText(id, language), ...measured(middle, language) }) : '';
    });
}

function measured({ metric, value, threshold }: Instruction, language: Language) {
  return { metric: WORDS[language].metrics[metric], value: showValue(metric, value), threshold: showValue(metric, threshold) };
}

/** Actions that were asked for and never done: how near they came. */
function requests({ frames, result, events }: Run, language: Language): string[] {
  if (result.state !== 'failed') return [];
  const done = new Set(events.flatMap((event) => (event.type === 'action' ? [event.id] : [])));
  return told(frames, ({ shown }) => shown?.state === 'capturing')
    .filter(({ id }) => ACTION_IDS.includes(id as ActionId) && !done.has(id as ActionId))
    .flatMap(({ id, ms, instructions }) => {
      const nearest = instructions.reduce<Instruction | undefined>((best, each) => (best && progressOf(best) >= progressOf(each) ? best : each), undefined);
      return nearest ? [say(language, 'asked', { text: instructionText(id, language), seconds: showSeconds(ms), ...measured(nearest, language) })] : [];
    });
}

/** Larger is nearer. What is asked may be above or below the value at rest, and may have been passed without lasting long enough. */
function progressOf({ id, value }: Instruction): number {
  return id === 'blink' || id === 'nod' || id === 'turnRight' ? -value : value;
}

const promptOf = (code: ClientCode, language: Language): string => promptFor({ system: 'facefront', table: 'client', code }, LOCALE[language]);

/** Times in which the run waited for the page or the camera, and recorders that gave up. */
function besides({ marks, end }: Run, language: Language): string[] {
  return marks.flatMap(({ type, time, code }, index) => {
    if (type === 'recordingFailed' || type === 'recordingBroken') return [say(language, 'recorderFailed', { seconds: showSeconds(time), text: promptOf(code ?? 'recorder-failed', language) })];
    if (type !== 'suspend') return [];
    const until = marks.slice(index).find((mark) => mark.type === 'resume')?.time ?? end;
    // One that ends at once broke a recording off, which is told already.
    return until > time ? [say(language, 'waited', { start: showSeconds(time), end: showSeconds(until), text: promptOf(code ?? 'page-hidden', language) })] : [];
  });
}

function moments({ events, tries }: Run, language: Language): string[] {
  const at = showSeconds;
  return events.flatMap((event: EngineEvent) => {
    switch (event.type) {
      case 'interrupted':
        return [say(language, 'interrupted', { seconds: at(event.time), text: promptOf(event.code, language) })];
      case 'missed':
        return [say(language, 'missed', { seconds: at(event.time), text: promptFor(referenceOf(event), LOCALE[language]) }), ...tries.slice(event.count - 1, event.count).flatMap((each) => decided(each, language))];
      case 'action':
        return [say(language, 'acted', { text: instructionText(event.id, language), start: at(event.start), end: at(event.end) })];
      case 'wrongAction':
        return [say(language, 'wrong', { text: instructionText(event.id, language), seconds: at(event.start) })];
      case 'paused':
        return [say(language, 'paused', { seconds: at(event.time) })];
      default:
        return [];
    }
  });
}
