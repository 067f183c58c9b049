/** Written by `scripts/build-assets.ts` and taken into the worker's bundle: file name → size and SHA-256 (hex). */
declare module 'virtual:asset-manifest' {
  const manifest: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  export default manifest;
}
