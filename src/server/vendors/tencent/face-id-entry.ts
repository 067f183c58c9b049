import type { Entry } from '../../../codes/entry.js';
import { codeText } from '../../../codes/interpret/reading.js';
import { createRegistry } from '../../../codes/registry.js';
import faceidSdk from '../../../codes/tables/faceid-sdk/index.js';
import faceidWechat from '../../../codes/tables/faceid-wechat/index.js';

const registry = /* @__PURE__ */ createRegistry([...faceidWechat, ...faceidSdk]);

/** The entry of an `ErrCode`, `LiveStatus` or `Comparestatus`: the family has several tables, and no number is in two of them. */
export function faceIdEntry(code: unknown): Entry {
  const text = codeText(code);
  for (const entries of registry.select('faceid-wechat')) {
    const entry = entries.get(text as string);
    if (entry) return entry;
  }
  return registry.find('faceid-wechat', 'system', text);
}

/** The entry of a `Result` of the App SDK. */
export function sdkResultEntry(code: string): Entry {
  return registry.find('faceid-sdk', 'result', code);
}
