import { defineTable } from '../../table.js';

/** Liveness by reading digits aloud. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'liveness-digits',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['1101', '未检测到声音', 'speakUp'],
    ['1102', '脸部未完整露出', 'faceComplete'],
    ['1103', '声音识别失败', 'readDigits'],
    ['1104', '视频格式有误', 'recordAgain'],
    ['1105', '视频拉取失败，请重试', 'recordAgain'],
    ['1106', '视频声音太小', 'speakUp'],
    ['1107', '视频为空，或大小不合适，请控制录制时长在6s左右', 'recordSixSeconds'],
    ['1108', '视频像素太低', 'videoUnclear'],
    ['1109', '嘴唇动作幅度过小', 'moveLips'],
  ],
});
