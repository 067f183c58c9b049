/**
 * The tensor operations that the two graphs name, in place of tfjs-converter's list of all 200: its executors take the
 * whole list as one object, so nothing of it could be dropped otherwise. `rollup.config.mjs` puts it there.
 */
export {
  add,
  clipByValue,
  concat,
  depthwiseConv2d,
  fused,
  maxPool,
  pad,
  prelu,
  relu,
  reshape,
  sigmoid,
  squeeze,
  stack,
  stridedSlice,
  tensor1d,
} from '@tensorflow/tfjs-core';
