import { describe, expect, it } from 'vitest';
import { promptFor } from '../core.js';
import { createRegistry } from '../registry.js';
import { ALL_TABLES } from '../tables/index.js';
import { kycReturnReference } from './kyc-return.js';

/* Of the intention's codes only the numbers are published here, and two ways of asking share some of them: none is given a meaning. */
const WILL_CODES = ['-1', '-2', '-17', '-101', '-107', '-201', '-202', '-301', '-302', '-800', '-804', '-998', '-999', '3001', '3005', '3012'];

describe('a code of the intention check', () => {
  it.each(WILL_CODES)('%s stays as it is, with the sentence for what nobody knows', (willCode) => {
    const reference = kycReturnReference({ code: '0', faceCode: '0', willCode });
    expect(reference).toEqual({ system: 'faceid-intention', table: 'result', code: willCode });
    expect(createRegistry(ALL_TABLES).find('faceid-intention', 'result', willCode)).toMatchObject({ known: false, code: willCode, meaning: '', promptId: 'unknown' });
    const told = promptFor({ system: 'faceid-intention' as string, table: 'result' as string, code: willCode }, 'zh-CN');
    expect(told).toBe(promptFor({ system: 'faceid-intention' as string, table: 'result' as string, code: '424242' }, 'zh-CN').replace('424242', willCode));
  });
});
