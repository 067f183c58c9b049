import { defineTable } from '../../table.js';

/** `verify_ret` of WeChat's `queryVerifyInfo`. Not in the vendor documents the catalogue began with. */
export default /* @__PURE__ */ defineTable({
  system: 'wechat-native',
  table: 'verify-ret',
  source: 'https://developers.weixin.qq.com/miniprogram/dev/server/API/face/api_queryverifyinfo',
  columns: ['code', 'meaning', 'prompt'],
  rows: [
    ['10000', '识别成功', 'passed'],
    ['10001', '参数错误', 'fault'],
    ['10002', '人脸特征检测失败', 'faceNotFound'],
    ['10003', '身份证号不匹配', 'checkNameAndId'],
    ['10004', '比对人脸信息不匹配', 'notSamePerson'],
    ['90001', '设备不支持人脸检测', 'changeDevice'],
    ['90002/90003/90004/90005/90006', '用户取消', 'cancelled'],
    ['90007', '网络错误', 'networkWeak'],
    ['90008', '相机权限未授权', 'allowCamera'],
    ['90009', '麦克风权限未授权', 'allowMicrophone'],
    ['90010', '相机和麦克风权限都未授权', 'allowCameraAndMicrophone'],
    ['90011', '人脸数据采集无效', 'selfFacing'],
    ['90012', '网络错误上传失败', 'uploadFailed'],
    ['90013/90014', '人脸数据采集无效', 'selfFacing'],
    ['90017', '识别过程超时', 'timedOut'],
    ['90018', '系统错误', 'serverFailed'],
    ['90104', '获取人脸配置失败', 'serverFailed'],
    ['90105', '获取确认数据失败', 'serverFailed'],
    ['90106', '相机失败', 'restartCamera'],
    ['90107', '用户检测超时', 'timedOut'],
    ['90109', '设备不支持人脸检测', 'changeDevice'],
    ['90110', '获取协议信息失败', 'serverFailed'],
    ['90199', '用户系统错误', 'startOver'],
  ],
});
