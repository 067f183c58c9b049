import { expect, it } from 'vitest';

it('is imported without a DOM, as by a server that renders pages', async () => {
  expect(globalThis.document).toBeUndefined();
  const { FaceVerifyElement } = await import('./face-verify-element.js');
  const { defineFaceVerify } = await import('./define.js');
  expect([FaceVerifyElement.observedAttributes, typeof defineFaceVerify]).toEqual([['locale', 'asset-base', 'spoken'], 'function']);
});
