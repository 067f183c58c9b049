import tseslint from 'typescript-eslint';

/** Pure rooms: no DOM, no mini-program globals, no clock or randomness of their own. */
const PURE = ['src/codes/**/*.ts', 'src/liveness/**/*.ts', 'src/risk/signals/**/*.ts', 'src/risk/payloads/**/*.ts', 'src/transport/retry-policy.ts', 'src/transport/protocol.ts'];
const IMPURE_GLOBALS = ['window', 'self', 'document', 'navigator', 'wx', 'fetch', 'localStorage', 'performance', 'setTimeout', 'setInterval', 'crypto'];

export default tseslint.config(
  { ignores: ['dist/**', 'miniprogram_dist/**', 'demo/public/**', 'bench/node_modules/**', '.cache/**'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400, skipComments: false, skipBlankLines: false }],
    },
  },
  {
    files: PURE,
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure rooms take the time with the data.' },
        { object: 'Math', property: 'random', message: 'Pure rooms take randomness as a parameter.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/**', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: "Identifier[name='window'], Identifier[name='wx']", message: 'Only src/platform names window or wx.' }] },
  },
  {
    // Data tables are one idea however long the vendor's table is.
    files: ['src/codes/tables/**/*.ts', 'src/codes/prompts/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
);
