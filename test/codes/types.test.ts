import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const FILE = 'test/types/codes.ts';

it('refuses a misspelt system, table or code, and every other line marked @ts-expect-error', () => {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [FILE] }, ts.sys, process.cwd());
  const program = ts.createProgram([FILE], options);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(FILE)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(problems).toEqual([]);
  expect(readFileSync(FILE, 'utf8').match(/@ts-expect-error/g)?.length).toBeGreaterThan(14);
});
