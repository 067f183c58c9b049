/** Compiled by `npm run typecheck`, never run: what the types of the code catalogue must accept, and what they must refuse. */
import type { CodeOf, CodeReference, Entry, Prompts, System, TableOf } from '../../src/codes/all.js';
import { candidates, interpretSocialCard, list, lookup, promptFor, promptText } from '../../src/codes/all.js';
import type { CodeReference as WireReference } from '../../src/transport/protocol.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Hold<Claim extends true> = Claim;

// A code in the source has to be in the catalogue.
lookup('faceid-sdk', 'result', '66660036');
lookup('faceid-risk', 'identity-tag', '02');
lookup('juhe-antirush', 'risk-level', 'review');
lookup('facefront', 'client', 'camera-denied');
// @ts-expect-error a misspelt system
lookup('faceid-skd', 'result', '66660036');
// @ts-expect-error a misspelt table
lookup('faceid-sdk', 'results', '66660036');
// @ts-expect-error a table of another system
lookup('faceid-sdk', 'compare', '2001');
// @ts-expect-error a code that is not there
lookup('faceid-sdk', 'result', '66660099');
// @ts-expect-error a code of another table
lookup('faceid-wechat', 'compare', '1101');
// @ts-expect-error a code without its zero
lookup('faceid-risk', 'identity-tag', '2');
// @ts-expect-error a grouped cell is not a code
lookup('faceid-sdk', 'result', '66660023/66660036/-5020/-5025');
// @ts-expect-error a code is text
lookup('faceid-sdk', 'result', 66660036);

// Text from elsewhere passes, and comes back as an entry that may be unknown.
declare const wire: WireReference;
const entry: Entry = lookup(wire.system, wire.table, wire.code);
lookup('faceid-sdk', 'result', wire.code);
lookup('faceid-sdk', wire.table, 'anything');
// @ts-expect-error an entry may be unknown, and then has no advice
void entry.advice;
if (entry.known) void entry.advice;

// A reference is held to the same rule.
promptFor({ system: 'image', table: 'ocr', code: '-5107' }, 'ja');
promptFor(wire, 'zh-Hant-HK', { selfFacing: '…', 'image/ocr/-5107': '…' });
promptFor(entry);
// @ts-expect-error a misspelt table in a reference
promptFor({ system: 'image', table: 'orc', code: '-5107' });
// @ts-expect-error a reference without its table
promptFor({ system: 'image', code: '-5107' });

list();
list('image');
list('image', 'proxy');
// @ts-expect-error a misspelt system
list('images');
// @ts-expect-error a table of another system
list('image', 'result');

candidates('1101');
promptText('instruction.moveCloser', 'en');
// @ts-expect-error no such instruction
promptText('instruction.moveCloserr');
interpretSocialCard({}, 'v2');
// @ts-expect-error there is no third version
interpretSocialCard({}, 'v3');

// A locale with a hole does not compile.
// @ts-expect-error everything is missing
const hole: Prompts = {};
void hole;

/** What the names come to. */
export type Claims = [
  Hold<Same<TableOf<'faceid-risk'>, 'device-level' | 'identity-level' | 'device-tag' | 'identity-tag'>>,
  Hold<Same<CodeOf<'juhe-antifraud', 'risk-code-value'>, '1' | '2' | '3'>>,
  Hold<Same<TableOf<string>, string>>,
  Hold<'wechat-native' extends System ? true : false>,
  Hold<Same<CodeReference, WireReference>>,
];
