import { env, registerBackend, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm/dist/flags_wasm.js';
import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { KERNELS } from './kernels.js';

/** The wasm file for this browser: nearly all phones since 2021 have SIMD (Chrome 91, Safari 16.4). */
export async function wasmName(): Promise<string> {
  return (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
}

/**
 * Starts tfjs on wasm with bytes that were fetched and checked already.
 *
 * The threaded build is never used: it needs cross-origin isolation and starts its workers from blob URLs, which the
 * CSP of DESIGN §5 forbids.
 */
export async function startBackend(wasm: Uint8Array<ArrayBuffer>): Promise<void> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // tfjs has no parameter for the wasm's bytes; its own platform port is the way to hand them over.
  env().platform.fetch = () => Promise.resolve(new Response(wasm, { headers: { 'Content-Type': 'application/wasm' } }));
  setWasmPaths('', true);
  for (const kernel of KERNELS) registerKernel(kernel);
  const { wasm: module } = await init();
  registerBackend('wasm', () => new BackendWasm(module), 2);
  await setBackend('wasm');
}
