import { defineTable } from '../../table.js';

/** Tencent Cloud image processing: the file cache. */
export default /* @__PURE__ */ defineTable({
  system: 'image',
  table: 'file-cache',
  source: 'seed 002_d9155235a89dd82b',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['-300', '服务过载', 'busy'],
    ['-299', '命令字未知', 'fault'],
    ['-298', '解包失败', 'serverFailed'],
    ['-297', '框架handle process错误', 'serverFailed'],
    ['-296', '打包失败', 'serverFailed'],
    ['-295/-294', '文件数据异常', 'uploadFailed'],
    ['-293', '通知插件失败', 'serverFailed'],
    ['-292', '文件缓存服务器错误', 'serverFailed'],
    ['-291', '编码session失败', 'serverFailed'],
    ['-290', '无效的session', 'fault'],
    ['-289', '插件拒绝上传', 'fault'],
    ['-288', 'process打包失败', 'serverFailed'],
    ['-287', 'process解包失败', 'serverFailed'],
    ['-286', '解码session失败', 'serverFailed'],
    ['-285', '文件过大', 'changeImage'],
    ['-284', '分片大小不一致', 'fault'],
    ['-283', '分片过小', 'fault'],
  ],
});
