import { defineTable } from '../../table.js';

/** Liveness codes common to every kind of challenge. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'liveness',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['1001', '调用活体引擎接口出错', 'serverFailed'],
    ['1002', '疑似非真人录制', 'selfFacing'],
    ['1003', '视频实人（真人）检测未通过', 'livenessFailed'],
    ['1004', '人脸检测失败，无法提取比对照', 'faceNotFound'],
    ['1005', '活体检测未通过', 'livenessFailed'],
    ['1006', '证照库出错，请重试', 'serverFailed'],
  ],
});
