/**
 * Reads the vendors' documents as they were handed over (`../shared/seeds`, beside the repository) into plain rows, so that
 * the catalogue can be compared with its source cell by cell. Only tests use it; nothing needs the documents to build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One code as the document has it. Grouped cells are already split. */
export interface SeedRow {
  readonly system: string;
  readonly table: string;
  readonly code: string;
  readonly title?: string;
  readonly meaning: string;
  readonly advice?: string;
  /** The document's 是否收费 column. */
  readonly charged?: boolean;
  readonly legacy?: string;
}

const FOLDER = join(process.cwd(), '..', 'shared', 'seeds');

/** False on a machine that has only the repository. */
export const seedsArePresent = existsSync(FOLDER);

function documentText(number: string): string {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${number}_`));
  if (name === undefined) throw new Error(`no document ${number} among the seeds`);
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** White space, line-break tags included, becomes one space. */
const collapse = (text: string): string => text.replace(/<br>|\s/g, ' ').replace(/ +/g, ' ').trim();

/** Words without any white space. */
export const bare = (text: string): string => text.replace(/<br>|\s/g, '');

/** A whole document without any white space, to look for words in. */
export const bareDocument = (number: string): string => bare(documentText(number));

/** The part of a document from one heading up to the next of the same kind. */
function section(text: string, from: string, to?: string): string {
  const start = text.indexOf(from);
  if (start < 0) throw new Error(`no heading ${from}`);
  const end = to === undefined ? text.length : text.indexOf(to, start + from.length);
  if (end < 0) throw new Error(`no heading ${to}`);
  return text.slice(start + from.length, end);
}

/** Cells of every row of a Markdown table that begins with a code. */
function markdownRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => line.trim().replace(/^\|/, '').split('|').map(collapse))
    .filter(([code]) => code !== undefined && /^-?\d/.test(code));
}

const splitCodes = (cell: string): string[] => cell.split(/[/、]/).map((code) => code.trim());

function* antifraud(): Generator<SeedRow> {
  const text = documentText('000');
  const parts = { access: section(text, '产品接入错误代码', '## 产品输入'), risk: section(text, '产品输出说明') };
  for (const line of parts.access.split('\n')) {
    const [code, title, meaning] = line.split('|').map(collapse);
    if (code && title && meaning && /^\d+$/.test(code)) yield { system: 'antifraud', table: 'access', code, title, meaning };
  }
  for (const line of parts.risk.split('\n')) {
    const [title, code, meaning] = line.split('|').map(collapse);
    if (code && title && meaning && /^\d+$/.test(code)) yield { system: 'antifraud', table: 'risk', code, title, meaning };
  }
}

const WECHAT_HEADINGS = [
  ['system', '### 系统返回码', '### 微信相关返回码'],
  ['wechat', '### 微信相关返回码', '### 活体检测返回码'],
  ['liveness', '#### 活体通用返回码', '#### 数字活体返回码'],
  ['liveness-digits', '#### 数字活体返回码', '#### 动作活体返回码'],
  ['liveness-action', '#### 动作活体返回码', '静默活体返回码'],
  ['liveness-silent', '静默活体返回码', '### 证件图像比对返回码'],
  ['compare', '### 证件图像比对返回码', '## App SDK'],
] as const;

function* faceid(): Generator<SeedRow> {
  const text = documentText('001');
  for (const [table, from, to] of WECHAT_HEADINGS) {
    for (const [code = '', meaning = '', charged] of markdownRows(section(text, from, to))) {
      yield { system: 'faceid-wechat', table, code, meaning, charged: charged === '是' };
    }
  }
  const sdk = section(text, '## App SDK', '## 增强级 riskinfo');
  for (const [codes = '', meaning = '', advice = '', charged] of markdownRows(sdk)) {
    for (const code of splitCodes(codes)) {
      const row = { system: 'faceid-sdk', table: 'result', code, meaning, charged: charged === '是' };
      yield advice === '-' ? row : { ...row, advice };
    }
  }
  yield* faceidLevels(section(text, '## 增强级 riskinfo', '## 增强级命中'));
  yield* faceidTags(text);
}

/** 「0、1、2等级为低风险设备，3、4为高风险设备，会进行拦截」 says two things about five levels. */
function* faceidLevels(text: string): Generator<SeedRow> {
  const rows = [
    ['device-level', /deviceInfoLevel \| ([\d、]+)等级为(.+?)，([\d、]+)为(.+?) \|/],
    ['identity-level', /riskInfoLevel \| ([\d、]+)等级为(.+?)，([\d、]+)为(.+?) \|/],
  ] as const;
  for (const [table, pattern] of rows) {
    const [, low = '', lowMeaning = '', high = '', highMeaning = ''] = pattern.exec(text) ?? [];
    for (const code of splitCodes(low)) yield { system: 'faceid-risk', table, code, meaning: lowMeaning };
    for (const code of splitCodes(high)) yield { system: 'faceid-risk', table, code, meaning: highMeaning };
  }
}

function* faceidTags(text: string): Generator<SeedRow> {
  const device = section(text, 'deviceInfotag 说明', '## 身份维度');
  const note = collapse(/colspan=2>(.+?)<\/td>/.exec(device)?.[1] ?? '');
  for (const [, codes = '', meaning = ''] of device.matchAll(/<td>([\d、 ]+)<\/td>\s*<td>(.+?)<\/td>/g)) {
    for (const code of splitCodes(codes)) {
      const row = { system: 'faceid-risk', table: 'device-tag', code, meaning: collapse(meaning) };
      yield note.includes(code) ? { ...row, advice: note } : row;
    }
  }
  for (const [codes = '', meaning = ''] of markdownRows(section(text, 'riskInfotag 说明'))) {
    for (const code of splitCodes(codes.replace(/ /g, '、'))) yield { system: 'faceid-risk', table: 'identity-tag', code, meaning };
  }
}

const IMAGE_HEADINGS = [
  ['face', '## 人脸错误码说明', '## 图片鉴黄'],
  ['porn', '## 图片鉴黄错误码说明', '## OCR'],
  ['ocr', '## OCR识别错误码说明', '## 人脸核身'],
  ['face-verify', '## 人脸核身错误码说明', '## 图片处理'],
  ['process', '## 图片处理', '## 图片下载'],
  ['download', '## 图片下载错误码说明', '## 图片插件'],
  ['plugin', '## 图片插件错误码说明', '## 文件缓存'],
  ['file-cache', '## 文件缓存错误码说明', '## cmd'],
  ['cmd', '## cmd错误码说明', '## proxy'],
  ['proxy', '## proxy错误码说明', undefined],
] as const;

function* image(): Generator<SeedRow> {
  const text = documentText('002');
  for (const [table, from, to] of IMAGE_HEADINGS) {
    for (const [code = '', meaning = ''] of markdownRows(section(text, from, to))) yield { system: 'image', table, code, meaning };
  }
}

/** Rows of text columns: a code, then words. `legacy` tells whether the last column is the old code. */
function* columns(text: string, system: string, table: string, legacy: boolean): Generator<SeedRow> {
  for (const line of text.split('\n')) {
    const cells = /^(\d{5,6})\t(.+)$/.exec(line);
    if (!cells?.[1] || !cells[2]) continue;
    const words = cells[2].split('\t');
    const last = legacy ? words.pop() : undefined;
    const row = { system, table, code: cells[1], meaning: collapse(words.join(' ')) };
    yield last === undefined ? row : { ...row, legacy: last };
  }
}

/** The document runs the four group headings of the risk types into their neighbours. */
const RISK_TYPE_GROUPS = /^环境风险 |行为风险$|设备风险$/;

function* antiRush(): Generator<SeedRow> {
  const text = documentText('003');
  for (const line of section(text, 'Array of Integer', 'JSON返回示例').split('\n')) {
    const [, code, words] = /^\t\t(\d+) (.+)$/.exec(line) ?? [];
    if (code && words) yield { system: 'juhe-antirush', table: 'risk-type', code, meaning: collapse(words).replace(RISK_TYPE_GROUPS, '') };
  }
  const levels = /风险值。(.+?)注意/.exec(text)?.[1] ?? '';
  for (const [, code = '', meaning = ''] of levels.matchAll(/(\w+)：(.+?)[;；]/g)) {
    yield { system: 'juhe-antirush', table: 'risk-level', code, meaning };
  }
  yield* columns(section(text, '服务级错误码参照', '系统级错误码参照'), 'juhe-antirush', 'service', false);
  yield* columns(section(text, '系统级错误码参照'), 'juhe-antirush', 'system', true);
}

function* socialCard(): Generator<SeedRow> {
  const text = documentText('004');
  for (const [, code = '', title = '', meaning = ''] of section(text, '风险码说明', '## 2、').matchAll(/^(\d{4}) (\S+) (.+)$/gm)) {
    yield { system: 'juhe-antifraud', table: 'risk-v1', code, title, meaning: collapse(meaning).replace(/\\\*\/$/, '') };
  }
  for (const [, code = '', title = '', meaning = ''] of section(text, 'riskCode\t').matchAll(/^ ?(\d{5})[\t ](疑似\S+)[\t ](.+?)[\t ]高:3/gm)) {
    yield { system: 'juhe-antifraud', table: 'risk-v2', code, title, meaning };
  }
  const values = /风险码等级，(.+)$/m.exec(text)?.[1] ?? '';
  for (const [, code = '', meaning = ''] of values.matchAll(/(\d)：([^，]+)/g)) {
    yield { system: 'juhe-antifraud', table: 'risk-code-value', code, meaning };
  }
  yield* columns(section(text, '服务级错误码参照', '系统级错误码参照'), 'juhe-antifraud', 'service', false);
  yield* columns(section(text, '系统级错误码参照'), 'juhe-antifraud', 'system', true);
}

/** Every code of the five documents, in the documents' order. */
export function seedRows(): SeedRow[] {
  return [...antifraud(), ...faceid(), ...image(), ...antiRush(), ...socialCard()];
}
