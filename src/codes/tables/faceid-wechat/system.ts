import { defineTable } from '../../table.js';

/** System codes of the WeChat H5 page, the mini-program and E证通. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'system',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['0', '成功', 'passed', 'yes'],
    ['1', '请求不合法，缺少参数', 'fault'],
    ['2', '请求不合法，参数有误', 'fault'],
    ['3', '业务请求不合法', 'fault'],
    ['4', '系统错误', 'serverFailed'],
    ['5', '未找到数据', 'serverFailed'],
    ['6', '数据插入异常', 'serverFailed'],
    ['7', '数据更新异常', 'serverFailed'],
    ['8', '文件存储失败，请稍后重试', 'serverFailed'],
    ['9', '文件格式错误，请确认后重试', 'recordAgain'],
    ['10', '文件系统错误，请稍后重试', 'serverFailed'],
    ['11', '文件系统超时，请稍后重试', 'serverFailed'],
    ['12', 'CKV 数据有误', 'serverFailed'],
    ['13', 'CKV 服务出错', 'serverFailed'],
    ['14', '本次校验已完成', 'alreadyDone'],
    ['15', 'token 过期，请重试', 'sessionExpired'],
    ['16', '已达到重试上限', 'startOver'],
    ['17', '本次流程未完成', 'finishFirst'],
  ],
});
