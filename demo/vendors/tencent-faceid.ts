import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { choicePage } from './choice-page.js';
import { checkTc3Signature } from './tc3-signature.js';

/** What a person's attempt comes to. */
export interface FaceIdOutcome {
  /** `ErrCode`, of the App SDK `Result`; 0 passes. */
  readonly code: number;
  readonly liveStatus?: number;
  readonly compareStatus?: number;
  readonly sim?: string;
  /** `FinalResultDetailCode` of an intention check (意愿核身) by nodding, where the rule asks for one. */
  readonly intentionCode?: number;
  /** False leaves the person on the page: the token is `doing`. Default true. */
  readonly finishes?: boolean;
}

/** Options of {@link createFaceIdSimulator}. */
export interface FaceIdSimulatorOptions {
  /** SecretKeys by SecretId. */
  readonly secrets: Readonly<Record<string, string>>;
  /** 业务流程 ID, for `DetectAuth`. */
  readonly ruleIds: readonly string[];
  /** 商户 ID of E证通. Those that begin with `cert-` get `EidInfo`. */
  readonly merchantIds: readonly string[];
  /** The clock of tokens, milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** The clock that signatures are held against. Default `Date.now`, which SDKs sign with. */
  readonly signatureNow?: () => number;
  /** The vendor's pages ask whoever looks at them how the check ends. Default false: they send them back at once, with what was set. */
  readonly asks?: boolean;
}

/** The simulator of the cloud's `faceid` API and of the pages that it names. */
export interface FaceIdSimulator {
  readonly app: Hono;
  /** What the next attempts come to. Default `{ code: 0 }`. */
  setOutcome(outcome: FaceIdOutcome): void;
  /** The person is done: in the vendor's App SDK, or on a page that they were left on. */
  finish(token: string): void;
  /** Calls so far by action. */
  readonly counts: ReadonlyMap<string, number>;
}

interface Attempt {
  readonly kind: 'BizToken' | 'EidToken' | 'FaceIdToken';
  readonly createdAt: number;
  readonly redirectUrl: string;
  readonly extra: string | null;
  readonly isCertified: boolean;
  readonly tries: FaceIdOutcome[];
  status: 'init' | 'doing' | 'finished';
}

type Parameters = Readonly<Record<string, unknown>>;

/** What the pages offer where they ask; without an outcome the person has not tried. `forged`: the token is another one on the way back. */
const CHOICES: readonly { readonly id: string; readonly label: string; readonly outcome?: FaceIdOutcome; readonly forged?: true }[] = [
  { id: 'pass', label: '通过 Pass (0)', outcome: { code: 0 } },
  { id: 'other-person', label: '不是同一人 Another person (2016)', outcome: { code: 2016 } },
  { id: 'too-dark', label: '光线太暗 Too dark (1201)', outcome: { code: 1201 } },
  { id: 'leave', label: '没有做就返回 Come back without having tried' },
  { id: 'forged', label: '通过，返回地址换了 token Passed, and the way back bears another token', outcome: { code: 0 }, forged: true },
];

/** A refusal by the cloud's name. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Results are kept for three days; an EidToken is good for ten minutes. */
const KEPT_MS = 259_200_000;
const EID_TOKEN_MS = 600_000;

/**
 * Answers as `faceid.tencentcloudapi.com` is documented to, over the cloud's API 3.0: HTTP 200 throughout, the error in
 * `Response.Error`. Source: TC 1007/31816, 41957, 49198, 49199, 54089, 54090, 58231, 108012. Independent of the clients' code.
 */
export function createFaceIdSimulator({ secrets, ruleIds, merchantIds, now = Date.now, signatureNow = Date.now, asks = false }: FaceIdSimulatorOptions): FaceIdSimulator {
  const attempts = new Map<string, Attempt>();
  const counts = new Map<string, number>();
  let outcome: FaceIdOutcome = { code: 0 };

  const begin = (kind: Attempt['kind'], parameters: Parameters, isCertified = false): string => {
    const token = randomUUID().toUpperCase();
    const { RedirectUrl: redirectUrl, Extra: extra } = parameters;
    attempts.set(token, { kind, createdAt: now(), redirectUrl: typeof redirectUrl === 'string' ? redirectUrl : '', extra: typeof extra === 'string' ? extra : null, isCertified, tries: [], status: 'init' });
    return token;
  };
  const finish = (token: string, came: FaceIdOutcome = outcome): void => {
    const attempt = attempts.get(token);
    if (!attempt) return;
    attempt.tries.push(came);
    attempt.status = 'finished';
  };
  const find = (kind: Attempt['kind'], token: unknown): Attempt => {
    if (token === undefined) throw new Refused('MissingParameter');
    const attempt = attempts.get(String(token));
    if (attempt?.kind !== kind) throw new Refused('InvalidParameterValue.BizTokenIllegal');
    if (now() >= attempt.createdAt + KEPT_MS) throw new Refused('InvalidParameterValue.BizTokenExpired');
    return attempt;
  };
  const requireIdentity = ({ Name: name, IdCard: idCard }: Parameters, isRequired: boolean): void => {
    if (isRequired && (name === undefined || idCard === undefined)) throw new Refused('MissingParameter');
    const isWrong = (name !== undefined && (typeof name !== 'string' || name.length > 32)) || (idCard !== undefined && !/^[A-Z0-9]{1,32}$/.test(String(idCard)));
    if (isWrong) throw new Refused('InvalidParameterValue');
  };

  const actions: Readonly<Record<string, (parameters: Parameters, origin: string) => object>> = {
    DetectAuth(parameters, origin) {
      if (!ruleIds.includes(String(parameters['RuleId']))) throw new Refused('InvalidParameterValue.RuleIdNotExist');
      requireIdentity(parameters, false);
      const token = begin('BizToken', parameters);
      return { Url: `${origin}/faceid/page?BizToken=${token}`, BizToken: token };
    },
    GetDetectInfoEnhanced({ BizToken: token, RuleId: ruleId, InfoType: infoType = '0' }) {
      if (!ruleIds.includes(String(ruleId))) throw new Refused('InvalidParameterValue.RuleIdNotExist');
      const attempt = find('BizToken', token);
      const intentionCode = attempt.tries.at(-1)?.intentionCode;
      const nod = /[06]/.test(String(infoType)) && intentionCode !== undefined ? { FinalResultDetailCode: intentionCode } : null;
      return { Text: textOf(attempt), IdCardData: null, BestFrame: null, VideoData: null, IntentionVerifyData: null, IntentionQuestionResult: null, IntentionActionResult: nod };
    },
    GetFaceIdToken(parameters) {
      const { CompareLib: library, ImageBase64: image } = parameters;
      if (library !== 'LOCAL' && library !== 'BUSINESS') throw new Refused(library === undefined ? 'MissingParameter' : 'InvalidParameterValue');
      requireIdentity(parameters, library === 'BUSINESS');
      if (library === 'LOCAL' && image === undefined) throw new Refused('MissingParameter');
      return { FaceIdToken: begin('FaceIdToken', parameters) };
    },
    GetFaceIdResult({ FaceIdToken: token }) {
      const { tries, extra } = find('FaceIdToken', token);
      const { code, sim = '85.50' } = tries.at(-1) ?? { code: 17 };
      return { IdCard: '', Name: '', Result: String(code), Description: '', Similarity: Number(sim), VideoBase64: null, BestFrameBase64: null, Extra: extra, DeviceInfoTag: null, DeviceInfoLevel: null };
    },
    GetEidToken(parameters, origin) {
      const { MerchantId: merchantId, Config: config } = parameters;
      if (merchantId === undefined) throw new Refused('MissingParameter');
      if (!merchantIds.includes(String(merchantId))) throw new Refused('InvalidParameterValue');
      const { InputType: inputType = '1' } = (config ?? {}) as { InputType?: unknown };
      if (!['1', '2', '3', '4'].includes(String(inputType))) throw new Refused('InvalidParameterValue');
      requireIdentity(parameters, inputType === '4');
      const token = begin('EidToken', parameters, String(merchantId).startsWith('cert-'));
      return { EidToken: token, Url: `${origin}/eid/page?token=${token}` };
    },
    CheckEidTokenStatus({ EidToken: token }) {
      const attempt = find('EidToken', token);
      return { Status: attempt.status !== 'finished' && now() >= attempt.createdAt + EID_TOKEN_MS ? 'timeout' : attempt.status };
    },
    GetEidResult({ EidToken: token }) {
      const attempt = find('EidToken', token);
      const hasInfo = attempt.isCertified && attempt.tries.at(-1)?.code === 0;
      const EidInfo = hasInfo ? { EidCode: 'eid-code', EidSign: 'c2lnbg==', DesKey: 'a2V5', UserInfo: 'dXNlcg==' } : null;
      return { Text: textOf(attempt), IdCardData: null, BestFrame: null, EidInfo, IntentionVerifyData: null, IntentionQuestionResult: null, IntentionActionResult: null };
    },
  };

  const app = new Hono();
  app.post('/', async (context) => {
    const respond = (fields: object): Response => context.json({ Response: { ...fields, RequestId: randomUUID() } });
    const text = await context.req.text();
    const action = context.req.header('x-tc-action') ?? '';
    counts.set(action, (counts.get(action) ?? 0) + 1);
    try {
      const refused = checkTc3Signature(context.req.raw, text, secrets, signatureNow());
      if (refused !== undefined) throw new Refused(refused);
      if (context.req.header('x-tc-version') !== '2018-03-01') throw new Refused('NoSuchVersion');
      if (!Object.hasOwn(actions, action)) throw new Refused('InvalidAction');
      return respond(actions[action]?.(JSON.parse(text) as Parameters, new URL(context.req.url).origin) ?? {});
    } catch (error) {
      if (error instanceof Refused) return respond({ Error: { Code: error.code, Message: `the simulator refuses: ${error.code}` } });
      return respond({ Error: { Code: 'InvalidParameter', Message: 'the body is not JSON' } });
    }
  });
  const sendBack = ({ redirectUrl }: Attempt, parameter: string, token: string): Response => {
    if (redirectUrl === '') return new Response('核身完成');
    const back = new URL(redirectUrl);
    back.searchParams.append(parameter, token);
    return Response.redirect(back.href, 302);
  };
  // The person on the vendor's page: done at once, or by their choice, then sent back, passed or not.
  const visit = (kind: Attempt['kind'], parameter: 'BizToken' | 'token', query: Readonly<Record<string, string>>): Response => {
    const { [parameter]: token = '', choice } = query;
    const attempt = attempts.get(token);
    if (attempt?.kind !== kind) return new Response('不合法的链接', { status: 404 });
    const isUnderWay = attempt.status === 'init' || (asks && choice !== undefined && attempt.status === 'doing');
    // An E证通 page is for one visit within ten minutes; the other may be tried again.
    if (kind === 'EidToken' && (!isUnderWay || now() >= attempt.createdAt + EID_TOKEN_MS)) return new Response('链接已失效', { status: 403 });
    if (asks && choice === undefined) {
      attempt.status = 'doing';
      return choicePage(kind === 'EidToken' ? 'E证通' : '人脸核身', CHOICES, (id) => `?${new URLSearchParams({ [parameter]: token, choice: id }).toString()}`);
    }
    if (asks) {
      const chosen = CHOICES.find(({ id }) => id === choice);
      if (!chosen) return new Response('没有这个选项', { status: 400 });
      if (chosen.outcome) finish(token, chosen.outcome);
      return sendBack(attempt, parameter, chosen.forged ? randomUUID().toUpperCase() : token);
    }
    if (outcome.finishes === false) {
      attempt.status = 'doing';
      return new Response('核身中');
    }
    finish(token);
    return sendBack(attempt, parameter, token);
  };
  app.get('/faceid/page', (context) => visit('BizToken', 'BizToken', context.req.query()));
  app.get('/eid/page', (context) => visit('EidToken', 'token', context.req.query()));

  return {
    app,
    counts,
    setOutcome(next) {
      outcome = next;
    },
    finish,
  };
}

/** `DetectInfoText`: all null until the person has tried. */
function textOf({ tries, extra }: Attempt): object {
  const last = tries.at(-1);
  const details = tries.map(({ code, liveStatus = 0, compareStatus = 0 }, index) => ({ ReqTime: '1753091765496', Seq: String(index), IsNeedCharge: code === 0 || code === 2006 || code === 2016, Errcode: code, Livestatus: liveStatus, Comparestatus: compareStatus }));
  return {
    ErrCode: last?.code ?? null,
    ErrMsg: last ? '文案可能更新' : null,
    LiveStatus: last ? (last.liveStatus ?? 0) : null,
    Comparestatus: last ? (last.compareStatus ?? last.code) : null,
    Sim: last ? (last.sim ?? '85.50') : null,
    Extra: extra,
    LivenessDetail: details.length > 0 ? details : null,
  };
}
