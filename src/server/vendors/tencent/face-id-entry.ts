import type { Entry } from '../../../codes/entry.js';
import { codeText } from '../../../codes/interpret/reading.js';
import { createRegistry } from '../../../codes/registry.js';
import faceidWechat from '../../../codes/tables/faceid-wechat/index.js';

const registry = /* @__PURE__ */ createRegistry(faceidWechat);

/** The entry of an `ErrCode`, `LiveStatus`, `Comparestatus` or `Result`: the family has several tables, and no number is in two of them. */
export function faceIdEntry(code: unknown): Entry {
  const text = codeText(code);
  for (const entries of registry.select('faceid-wechat')) {
    const entry = entries.get(text as string);
    if (entry) return entry;
  }
  return registry.find('faceid-wechat', 'system', text);
}
