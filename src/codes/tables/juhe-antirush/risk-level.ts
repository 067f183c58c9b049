import { defineTable } from '../../table.js';

/** `RiskLevel` of Juhe's risk engine. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antirush',
  table: 'risk-level',
  source: 'seed 003_99e8bc0c913e6ea0',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['pass', '无恶意', 'proceed'],
    ['review', '需要人工审核', 'underReview'],
    ['reject', '拒绝，高风险恶意', 'riskBlocked'],
  ],
});
