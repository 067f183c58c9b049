import { defineTable } from '../../table.js';

/** Tencent Cloud image processing: processing. */
export default /* @__PURE__ */ defineTable({
  system: 'image',
  table: 'process',
  source: 'seed 002_d9155235a89dd82b',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['-5999', '参数错误', 'fault'],
    ['-5998', '签名格式错误', 'fault'],
    ['-5997', '后端网络错误', 'serverFailed'],
    ['-5996', 'HTTP请求方法错误', 'fault'],
    ['-5995', '文件大小错误', 'changeImage'],
    ['-5994', 'url参数解析不匹配', 'fault'],
    ['-5993', 'multipart/formdata参数错误', 'fault'],
    ['-5992', '请求参数错误', 'fault'],
    ['-5991', '分片过大', 'fault'],
    ['-5990', '找不到filecontent', 'fault'],
    ['-5989', '上传失败', 'uploadFailed'],
    ['-5988', 'cgi初始化错误', 'serverFailed'],
    ['-5987', 'wup编码失败', 'serverFailed'],
    ['-5986', 'wup解码失败', 'serverFailed'],
    ['-5985', '获取路由失败', 'serverFailed'],
    ['-5984', 'sha1不匹配', 'uploadFailed'],
    ['-5983', '错误的session', 'fault'],
    ['-5982/-5981', '建立连接错误', 'serverFailed'],
  ],
});
