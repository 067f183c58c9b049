import type { FlowState, VerifyResult } from '../../src/index.js';
import { part } from './part.js';

/** Lines kept; a run has about thirty. */
const LONGEST = 200;

/** What the element said, as an integrator sees it. */
export interface Log {
  state(state: FlowState): void;
  result(result: VerifyResult): void;
}

/** Writes one line for every change of phase, instruction or detector stage; progress alone makes none. */
export function createLog(): Log {
  const lines = part('log');
  let last = '';
  let phaseBefore = '';
  let began = 0;

  function write(phase: string, detail: string): void {
    const now = performance.now();
    if (phase === 'consent' && phaseBefore !== phase) began = now;
    phaseBefore = phase;
    const time = document.createElement('time');
    const name = document.createElement('b');
    const rest = document.createElement('span');
    time.textContent = `${((now - began) / 1000).toFixed(2)} s`;
    name.textContent = phase;
    rest.textContent = detail;
    const line = document.createElement('li');
    line.append(time, name, rest);
    lines.append(line);
    while (lines.children.length > LONGEST) lines.firstElementChild?.remove();
    lines.scrollTop = lines.scrollHeight;
    part('log-empty').hidden = true;
  }

  return {
    state(state) {
      const detail = describe(state);
      const step = state.phase === 'recording' && 'index' in state.challenge ? state.challenge.index : '';
      const line = `${state.phase} ${'instruction' in state ? state.instruction.id : ''} ${step} ${state.detector.stage}`;
      if (line === last) return;
      last = line;
      write(state.phase, detail);
    },
    result(result) {
      part('result').textContent = JSON.stringify(result, null, 2);
    },
  };
}

function describe(state: FlowState): string {
  const stage = state.detector.stage ?? '–';
  switch (state.phase) {
    case 'preflight':
      return state.report.checks.map(({ id, status }) => (status === 'ok' ? '' : `${id}: ${status}`)).filter(Boolean).join(', ') || 'ok';
    case 'guidance':
    case 'recording': {
      const { id, metric, value, threshold } = state.instruction;
      const step = state.phase === 'recording' && 'index' in state.challenge ? ` · ${state.challenge.type} ${state.challenge.index} / ${state.challenge.total}` : '';
      return `${id} · ${metric} ${round(value)} → ${round(threshold)}${step} · ${stage}`;
    }
    case 'uploading':
      return `${state.totalBytes} B`;
    case 'ended':
      return `${state.result.status} · ${state.result.code.code}`;
    default:
      return `detector ${stage}`;
  }
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
