import { describe, expect, it } from 'vitest';
import { createEidH5Channel, createKycH5Channel } from '../channels/index.js';
import { checkOptions } from './check-options.js';

const BASE = 'https://shop.example/verify';
const OPTIONS = { endpoint: '/api/face', assetBase: '/', video: { nodeName: 'VIDEO' }, consent: { text: 'May we?', textVersion: '1', ask: () => Promise.resolve('granted') } };
const check = (channels: unknown) => (): void => checkOptions({ ...OPTIONS, channels }, BASE);

describe('challenges', () => {
  const warned = () => Promise.resolve('go' as const);

  it('have light only where the page warns of it, or has', () => {
    expect(() => checkOptions({ ...OPTIONS, challenges: ['silent', 'light'] }, BASE)).toThrow(
      /^challenges: with 'light' need onLightWarning; a page that has warned passes \(\) => Promise\.resolve\('go'\)$/,
    );
    for (const options of [{ challenges: ['silent', 'light'], onLightWarning: warned }, { challenges: ['silent'] }, { onLightWarning: warned }, {}]) expect(() => checkOptions({ ...OPTIONS, ...options }, BASE)).not.toThrow();
  });

  it('are refused for what they are first', () => {
    expect(() => checkOptions({ ...OPTIONS, challenges: 'light' }, BASE)).toThrow(/^challenges: must be a list/);
    expect(() => checkOptions({ ...OPTIONS, challenges: ['light'], onLightWarning: true }, BASE)).toThrow(/^onLightWarning: must be a function$/);
  });
});

describe('channels', () => {
  it('are none, one or several', () => {
    for (const channels of [[], [createKycH5Channel()], [createEidH5Channel(), createKycH5Channel()]]) expect(check(channels)).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['a name', ['kyc-h5']],
    ['one alone', createKycH5Channel()],
    ['nothing', [null]],
    ['something without a name', [{ ...createKycH5Channel(), name: '' }]],
    ['something that cannot be resumed', [{ ...createKycH5Channel(), resume: undefined }]],
  ])('are refused as %s', (_what, channels) => {
    expect(check(channels)).toThrow(/^channels: must be a list of channels$/);
  });

  it('are refused where one is there twice', () => {
    expect(check([createKycH5Channel(), createKycH5Channel()])).toThrow(/^channels: must hold each channel once$/);
  });
});
