/**
 * Stands for the families of graph operations that neither graph uses (control flow, strings, hash tables, …), both their
 * descriptions and their executors. `rollup.config.mjs` says which. A graph that needs one fails on its first run, by name.
 */
export const json: readonly never[] = [];

/** See {@link json}. */
export function executeOp(node: { readonly op: string }): never {
  throw new Error(`the graph operation ${node.op} is not in this build of the detector`);
}
