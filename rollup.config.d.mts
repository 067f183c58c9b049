import type { Plugin, RollupOptions } from 'rollup';

/** Takes the parts of TensorFlow.js out of a build that the detector never runs. */
export function trimTensorflow(): Plugin;

declare const configuration: readonly RollupOptions[];
export default configuration;
