import { defineTable } from '../../table.js';

/** Tencent Cloud image processing: the command service. */
export default /* @__PURE__ */ defineTable({
  system: 'image',
  table: 'cmd',
  source: 'seed 002_d9155235a89dd82b',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['-199', '文件移动失败', 'serverFailed'],
    ['-198', '重定向错误', 'serverFailed'],
    ['-197', '查无此文件', 'fault'],
    ['-196/-195', '网络请求失败', 'serverFailed'],
    ['-194', '后端打包失败', 'serverFailed'],
    ['-193', '返回包打包失败', 'serverFailed'],
    ['-192', '请求包解析失败', 'fault'],
    ['-191', 'url参数解析不匹配', 'fault'],
    ['-190', '文件删除失败', 'serverFailed'],
    ['-189', '输入参数错误：download_url empty', 'fault'],
    ['-187', '从url中解析参数失败', 'fault'],
    ['-186', '暂不支持视频文件复制', 'fault'],
    ['-185', '业务预处理失败', 'serverFailed'],
    ['-184', '业务后处理失败', 'serverFailed'],
    ['-183', '获取路由失败', 'serverFailed'],
    ['-182', '参数检验失败', 'fault'],
  ],
});
