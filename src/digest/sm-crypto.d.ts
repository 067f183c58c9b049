/** Of `sm-crypto`, which has no types of its own, the one file that is used. */
declare module 'sm-crypto/src/sm3/index.js' {
  /** 64 lower-case hexadecimal digits of the bytes' SM3. */
  const sm3: (bytes: Uint8Array) => string;
  export default sm3;
}
