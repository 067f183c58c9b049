import { defineTable } from '../../table.js';

/** `riskCodeValue` of both queries. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antifraud',
  table: 'risk-code-value',
  source: 'seed 004_03bf366a98ab32e6',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['1', '低风险', 'proceed'],
    ['2', '中风险', 'underReview'],
    ['3', '高风险', 'riskBlocked'],
  ],
});
