import { defineTable } from '../../table.js';

/** `riskInfoTag`: what was wrong with the identity. The codes keep their zero. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-risk',
  table: 'identity-tag',
  source: 'seed 001_92a2572c4e8e6737',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['02/03/04/05/07/08/09/10/11/12/13/14/15/16/17/18', '攻击风险', 'riskBlocked'],
    ['01/06/19/20', '综合业务风险', 'riskBlocked'],
  ],
});
