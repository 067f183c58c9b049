/** The words of the element that are its own: buttons, headings, what it is doing. What a code or an instruction says is in `codes`. */
const words = {
  title: '人脸验证',
  idle: '确认是您本人，只需几秒钟',
  start: '开始验证',
  cancel: '取消',

  consentTitle: '开始前，请您了解',
  consentWhat: '收集什么',
  consentWhatText: '用摄像头拍摄几秒钟的面部视频。面部信息属于敏感个人信息。',
  consentDevice: '设备信息',
  consentDeviceText: '读取本设备和浏览器的安全状况，用于发现冒用风险。',
  consentWhy: '用来做什么',
  consentWhyText: '确认正在操作的是您本人，防止他人冒用。',
  consentKept: '保存多久',
  consentKeptText: '视频只发送给本服务的提供方，不会留在本设备上；保存期限以其隐私政策为准。',
  consentChoice: '您可以拒绝',
  consentChoiceText: '不同意也可以换用其他方式办理；开始后随时可以取消。',
  agree: '同意并开始',
  refuse: '不同意',

  preparing: '正在准备…',
  allowCamera: '请允许使用摄像头',
  allowCameraHint: '浏览器询问时，请选择“允许”',
  loading: '马上就好…',
  download: '正在加载人脸检测',
  preview: '摄像头画面',
  tap: '点一下继续',
  recording: '录制中',
  paused: '已暂停',
  pausedHint: '回到本页面后继续',
  uploading: '正在上传…',
  checking: '正在核对，请稍候…',

  retry: '重试',
  again: '重新开始',
  close: '关闭',
  done: '完成',
  code: '代码',
  reference: '参考号',
};

export default words;
