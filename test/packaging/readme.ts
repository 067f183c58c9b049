import { readFileSync } from 'node:fs';

/** The code blocks of a file in one language, in order. */
export function codeBlocks(file: string, language: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');
}
