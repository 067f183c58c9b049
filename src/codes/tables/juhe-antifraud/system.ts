import { defineTable } from '../../table.js';

/** `error_code` of the Juhe platform; `legacy` is the `resultcode` of its previous version. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antifraud',
  table: 'system',
  source: 'seed 004_03bf366a98ab32e6',
  columns: ['code', 'meaning', 'prompt', 'legacy'],
  rows: [
    ['10001', '错误的请求KEY', 'fault', '101'],
    ['10002', '该KEY无请求权限', 'unavailable', '102'],
    ['10003', 'KEY过期', 'unavailable', '103'],
    ['10004', '错误的OPENID', 'fault', '104'],
    ['10005', '应用未审核超时，请提交认证', 'unavailable', '105'],
    ['10007', '未知的请求源', 'fault', '107'],
    ['10008', '被禁止的IP', 'unavailable', '108'],
    ['10009', '被禁止的KEY', 'unavailable', '109'],
    ['10011', '当前IP请求超过限制', 'busy', '111'],
    ['10012', '请求超过次数限制', 'busy', '112'],
    ['10013', '测试KEY超过请求限制', 'unavailable', '113'],
    ['10014', '系统内部异常(调用充值类业务时，请务必联系客服或通过订单查询接口检测订单，避免造成损失)', 'serverFailed', '114'],
    ['10020', '接口维护', 'maintenance', '120'],
    ['10021', '接口停用', 'unavailable', '121'],
  ],
});
