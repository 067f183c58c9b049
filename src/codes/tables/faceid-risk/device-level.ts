import { defineTable } from '../../table.js';

/** `deviceInfoLevel` of the enhanced edition: 3 and 4 intercept. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-risk',
  table: 'device-level',
  source: 'seed 001_92a2572c4e8e6737',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['0/1/2', '低风险设备', 'proceed'],
    ['3/4', '高风险设备，会进行拦截', 'changeDevice'],
  ],
});
