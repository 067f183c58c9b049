import type { CodeReference } from '../../src/index.js';
import { part } from './part.js';
import { type Language, type Word, WORDS } from './words.js';

/** Codes to be had with one tap: passed, face, light, blurred picture, not the same person, too short, and one nobody knows. */
const SHORTCUTS = ['faceid-sdk/result/0', 'faceid-sdk/result/66660023', 'faceid-sdk/result/-5012', 'faceid-sdk/result/66660042', 'faceid-sdk/result/66660004', 'faceid-wechat/liveness-silent/1303', 'faceid-sdk/result/999'] as const;

/** The panel that chooses what the simulated vendor answers. */
export interface VendorCodePanel {
  /** For every request to the backend. */
  headers(): Record<string, string>;
  draw(language: Language): void;
}

/** Fills the search with the codes of both FaceID families. */
export function createVendorCodePanel(): VendorCodePanel {
  const input = part<HTMLInputElement>('code');
  const latency = part<HTMLSelectElement>('latency');
  let chosen = input.value;
  let language: Language = 'zh-CN';

  const known = [...Facefront.list('faceid-sdk'), ...Facefront.list('faceid-wechat')];
  part('codes').append(
    ...known.map(({ system, table, code, meaning }) => Object.assign(document.createElement('option'), { value: `${system}/${table}/${code}`, label: `${code} ${meaning}` })),
  );
  const chips = SHORTCUTS.map((path) => {
    const chip = Object.assign(document.createElement('button'), { type: 'button', textContent: path.split('/')[2] ?? '', title: path });
    chip.addEventListener('click', () => choose(path));
    return [path, chip] as const;
  });
  part('chips').append(...chips.map(([, chip]) => chip));
  input.addEventListener('input', () => choose(input.value.trim()));

  function choose(path: string): void {
    if (input.value.trim() !== path) input.value = path;
    const valid = parse(path) !== undefined;
    input.setAttribute('aria-invalid', String(!valid));
    part('code-problem').hidden = valid;
    if (valid) chosen = path;
    draw();
  }

  function draw(): void {
    const reference = parse(chosen);
    if (!reference) return;
    const { system, table, code } = reference;
    const entry = Facefront.lookup(system, table, code);
    const say = (word: Word): string => WORDS[language][word];
    part('code-prompt').textContent = Facefront.promptFor(reference, language);
    part('code-meaning').textContent = entry.known ? [entry.meaning, entry.advice].filter(Boolean).join(' · ') : say('unknownCode');
    part('code-remedy').textContent = `${entry.remedy} · ${entry.audience}`;
    for (const [path, chip] of chips) chip.setAttribute('aria-pressed', String(path === chosen));
  }

  draw();
  return {
    headers: () => ({ 'x-simulated-code': chosen, 'x-simulated-latency-ms': latency.value }),
    draw(next) {
      language = next;
      draw();
    },
  };
}

/** As the simulator reads it. */
function parse(path: string): CodeReference | undefined {
  const [, system, table, code] = /^([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/([A-Za-z0-9-]{1,64})$/.exec(path) ?? [];
  return system !== undefined && table !== undefined && code !== undefined ? { system, table, code } : undefined;
}
