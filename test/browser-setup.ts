import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findChromium } from '../scripts/chromium.js';

const ours = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('facefront-'));

/**
 * Once, before all tests with a browser. That browser is unpacked here: a second process that came while the first one unpacks would
 * start half a file. And nothing that a test makes in the temporary folder may outlive the run: faces would be among it.
 */
export default async function setup(): Promise<() => void> {
  await findChromium();
  const before = new Set(ours());
  return () => {
    const left = ours().filter((name) => !before.has(name));
    if (left.length === 0) return;
    console.error(`left in ${tmpdir()}: ${left.join(', ')}`);
    // What is thrown here does not fail the run. Elsewhere another run may be at work beside this one.
    if (process.env['CI'] !== undefined) process.exitCode = 1;
  };
}
