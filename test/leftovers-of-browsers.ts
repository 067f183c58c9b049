import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

const ours = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('facefront-'));

/** Nothing that a test makes in the temporary folder may outlive the run: faces would be among it. */
export default function setup(): () => void {
  const before = new Set(ours());
  return () => {
    const left = ours().filter((name) => !before.has(name));
    if (left.length === 0) return;
    console.error(`left in ${tmpdir()}: ${left.join(', ')}`);
    // What is thrown here does not fail the run. Elsewhere another run may be at work beside this one.
    if (process.env['CI'] !== undefined) process.exitCode = 1;
  };
}
