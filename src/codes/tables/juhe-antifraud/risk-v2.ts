import { defineTable } from '../../table.js';

/** `riskCode` of Juhe's general query 2.0. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antifraud',
  table: 'risk-v2',
  source: 'seed 004_03bf366a98ab32e6',
  columns: ['code', 'title', 'meaning', 'prompt'],
  rows: [
    ['21001', '疑似恶意借贷', '恶意多方借贷、以贷养贷、蓄意制造借贷纠纷等违规行为', 'riskBlocked'],
    ['21002', '疑似职业撸口子', '职业从事网络贷款撸口子，无还款意愿的恶意行为', 'riskBlocked'],
    ['11001', '疑似涉黑涉赌', '涉嫌参与传销、在线赌博等违法行为', 'riskBlocked'],
    ['11002', '疑似网络投机', '参与在线外汇、虚拟币、石油贵金属等风险投机行为', 'riskBlocked'],
    ['11003', '疑似营销欺诈', '在网络平台运营活动中，组团薅羊毛、套利等违规行为', 'riskBlocked'],
    ['11004', '疑似黑中介包装', '介绍包装伪造冒用资料、黑产中介圈团成员、老赖反催收等', 'riskBlocked'],
    ['11005', '疑似恶意套现', '信用卡恶意套现、第三方平台消费分期套现等违规行为', 'riskBlocked'],
    ['12001', '疑似黑产设备', '存在模拟器、多开、群控、代理等作弊行为的黑产设备', 'riskBlocked'],
    ['12002', '疑似黑产账号', '疑似黑产组织非法包装的手机号、身份证、支付等账号', 'riskBlocked'],
  ],
});
