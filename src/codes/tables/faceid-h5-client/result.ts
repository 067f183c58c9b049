import { defineTable } from '../../table.js';

/** What the vendor's H5 page itself puts into the return address. Not in the vendor documents the catalogue began with. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-h5-client',
  table: 'result',
  source: 'https://cloud.tencent.com/document/product/1007/114178',
  columns: ['code', 'meaning', 'advice', 'prompt'],
  rows: [
    ['3001', '该浏览器不支持视频录制', '请使用其它验证方案', 'changeBrowser'],
    ['3002', '登录态异常，cookie参数缺失', '重新进入', 'startOver'],
    ['3003', '人脸核身中途中断', '重新进入', 'keepPageOpen'],
    ['3004', '无摄像头权限', '重新进入并授权摄像头', 'allowCamera'],
    ['3005', '该浏览器不支持实时检测模式', '请使用其它浏览器', 'changeBrowser'],
    ['300101', '报文包体问题', '重新进入', 'startOver'],
  ],
});
