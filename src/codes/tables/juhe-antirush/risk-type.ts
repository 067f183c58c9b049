import { defineTable } from '../../table.js';

/** `RiskType` of Juhe's risk engine. The document sorts them under account, behaviour, environment and device. */
export default /* @__PURE__ */ defineTable({
  system: 'juhe-antirush',
  table: 'risk-type',
  source: 'seed 003_99e8bc0c913e6ea0',
  columns: ['code', 'title', 'meaning', 'prompt'],
  rows: [
    ['1', '账号信用低', '账号近期存在因恶意被处罚历史，网络低活跃，被举报等因素', 'riskBlocked'],
    ['11', '疑似 低活跃账号', '账号活跃度与正常用户有差异', 'riskBlocked'],
    ['2', '垃圾账号', '疑似批量注册小号，近期存在严重违规或大量举报', 'riskBlocked'],
    ['21', '疑似小号', '账号有疑似线上养号，小号等行为', 'riskBlocked'],
    ['22', '疑似违规账号', '账号曾有违规行为、曾被举报过、曾因违规被处罚过等', 'riskBlocked'],
    ['3', '无效账号', '送检账号参数无法成功解析，请检查微信 openid 是否有误/appid与QQopenid无法关联/微信openid权限是否有开通/手机号是否为中国大陆手机号；', 'fault'],
    ['4', '黑名单', '该账号在业务侧有过拉黑记录', 'riskBlocked'],
    ['5', '白名单', '业务自行有添加过白名单记录', 'proceed'],
    ['101', '批量操作', '存在 ip/设备/环境等因素的聚集性异常', 'riskBlocked'],
    ['1011', '疑似 IP 属性聚集', '出现 IP 聚集', 'riskBlocked'],
    ['1012', '疑似 设备属性聚集', '出现设备聚集', 'riskBlocked'],
    ['102', '自动机', '疑似自动机批量请求', 'riskBlocked'],
    ['103', '恶意行为-网赚', '疑似网赚', 'riskBlocked'],
    ['104', '微信登录态无效', '检查 WeChatAccessToken 参数，是否已经失效；', 'sessionExpired'],
    ['201', '环境异常', '操作 ip/设备/环境存在异常。当前 ip 为非常用 ip 或 恶意 ip 段', 'riskBlocked'],
    ['2011', '疑似 非常用IP 请求', '当前请求 IP 非该账号常用 IP', 'riskBlocked'],
    ['2012', '疑似 IP 异常', '使用 idc 机房 ip 或使用代理 ip 或使用恶意 ip 等', 'riskBlocked'],
    ['205', '非公网有效ip', '传进来的 IP 地址为内网 ip 地址或者 ip 保留地址；', 'fault'],
    ['206', '设备异常', '该设备存在异常的使用行为', 'changeDevice'],
    ['2061', '疑似 非常用设备', '当前请求的设备非该账号常用设备', 'riskBlocked'],
    ['2062', '疑似 虚拟设备', '请求设备为模拟器、脚本、云设备等虚拟设备', 'changeDevice'],
    ['2063', '疑似 群控设备', '请求设备为猫池、手机墙等群控设备', 'changeDevice'],
  ],
});
