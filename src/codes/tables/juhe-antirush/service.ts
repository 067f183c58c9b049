import { defineTable } from '../../table.js';

/** `error_code` of Juhe's risk engine. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antirush',
  table: 'service',
  source: 'seed 003_99e8bc0c913e6ea0',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['261501', '网络错误', 'serverFailed'],
    ['261502', 'accountType错误', 'fault'],
    ['261504', '请填入正确的MobilePhone', 'fault'],
    ['261505', 'appId不可为空', 'fault'],
    ['261506', 'userIp不可为空', 'fault'],
    ['261507', 'AccountId不可为空或格式错误', 'fault'],
    ['261508', '参数错误(包括参数格式、类型等错误)', 'fault'],
    ['261509', '参数取值错误', 'fault'],
    ['261510', '缺少参数', 'fault'],
    ['261511', '未知参数错误，用户多传未定义的参数会导致错误', 'fault'],
    ['261512', '请求包超过限制大小。', 'fault'],
    ['261513', '其他错误', 'serverFailed'],
  ],
});
