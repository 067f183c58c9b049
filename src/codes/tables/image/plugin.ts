import { defineTable } from '../../table.js';

/** Tencent Cloud image processing: the picture plug-in. */
export default /* @__PURE__ */ defineTable({
  system: 'image',
  table: 'plugin',
  source: 'seed 002_d9155235a89dd82b',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['-2000', '服务过载', 'busy'],
    ['-1900', '框架handle process错误', 'serverFailed'],
    ['-1899', '存储文件失败', 'serverFailed'],
    ['-1898', '校验md5失败', 'uploadFailed'],
    ['-1897', '秒传失败', 'uploadFailed'],
    ['-1896', '编码失败', 'serverFailed'],
    ['-1895', '解码失败', 'serverFailed'],
    ['-1894', '业务ID错误', 'fault'],
    ['-1893', '图片数据异常，压缩库无法处理', 'retakePhoto'],
    ['-1892', '上传失败，服务器错误', 'uploadFailed'],
    ['-1891', '解码biz_req失败', 'serverFailed'],
    ['-1890', '编码biz_req失败', 'serverFailed'],
    ['-1889', '存储文件超时', 'serverFailed'],
    ['-1888', '压缩超时', 'serverFailed'],
    ['-1887', '校验sha1失败', 'uploadFailed'],
    ['-1886', '图片fileid已经存在', 'fault'],
  ],
});
