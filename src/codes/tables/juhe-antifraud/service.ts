import { defineTable } from '../../table.js';

/** `error_code` of the two queries. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antifraud',
  table: 'service',
  source: 'seed 004_03bf366a98ab32e6',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['237001', '参数错误', 'fault'],
    ['237002', '请求供应商失败', 'serverFailed'],
    ['237003', '查询失败', 'serverFailed'],
  ],
});
