import { defineTable } from '../../table.js';

/** `deviceInfoTag`: what was wrong with the device. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-risk',
  table: 'device-tag',
  source: 'seed 001_92a2572c4e8e6737',
  columns: ['code', 'meaning', 'prompt', 'advice'],
  rows: [
    ['202/5001', '设备疑似被 root，该标签支持 Android 和 iOS 系统', 'changeDevice'],
    ['203/5004', '设备疑似被注入，该标签支持 Android 和 iOS 系统', 'changeDevice'],
    ['205', '设备疑似被 hook，该标签仅支持 Android', 'changeDevice'],
    ['206', '设备疑似处于虚拟运行环境，该标签仅支持 Android', 'changeDevice'],
    ['5007/1005', '该设备疑似摄像头被劫持，该标签支持 Android 和 iOS 系统', 'changeDevice'],
    ['8000', '设备存在异常篡改信息行为，该标签支持 Android 和 iOS 系统', 'changeDevice', '说明：8000的含义包括了如 IMEI 篡改、OAID 篡改、IMSI 篡改及频繁修改设备参数行为'],
  ],
});
