import { defineTable } from '../../table.js';

/** `riskInfoLevel` of the enhanced edition: 5 intercepts. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-risk',
  table: 'identity-level',
  source: 'seed 001_92a2572c4e8e6737',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['0/1/2/3/4', '较低风险', 'proceed'],
    ['5', '高风险，会进行拦截', 'riskBlocked'],
  ],
});
