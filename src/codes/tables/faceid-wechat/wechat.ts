import { defineTable } from '../../table.js';

/** Codes about what came from WeChat and about the identity document. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'wechat',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['201', '从微信拉取图片失败', 'serverFailed'],
    ['202', '视频获取失败', 'recordAgain'],
    ['301', '当前认证人身份证号码与上传证件号码不符，请重新上传', 'reuploadId'],
    ['302', '证件已过期', 'renewId'],
    ['303', 'OCR 识别失败', 'scanIdAgain'],
  ],
});
