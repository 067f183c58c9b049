/**
 * `facefront/codes` in a page: what every return code means, and what to tell the person. It begins with what a page needs
 * (`core.ts`); a backend gets `all.ts`, the same functions over every system and every locale.
 */
export * from './core.js';
export * from './interpret/index.js';
