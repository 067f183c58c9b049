import { defineTable } from '../../table.js';

/** Silent liveness. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'liveness-silent',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['1301', '实人检测失败', 'livenessFailed'],
    ['1302', '实人检测未达到通过标准', 'livenessFailed'],
    ['1303', '视频录制时间过短，请录制2秒以上的视频', 'recordTwoSeconds'],
  ],
});
