import type { Words } from '../vocabulary.js';

const words: Words = {
  title: '人臉驗證',
  idle: '確認是您本人，只需幾秒鐘',
  start: '開始驗證',
  cancel: '取消',

  consentTitle: '開始前，請您了解',
  consentWhat: '蒐集什麼',
  consentWhatText: '用相機拍攝幾秒鐘的臉部影片。臉部資料屬於敏感個人資料。',
  consentDevice: '裝置資訊',
  consentDeviceText: '讀取本裝置與瀏覽器的安全狀況，用於發現冒用風險。',
  consentWhy: '用來做什麼',
  consentWhyText: '確認正在操作的是您本人，防止他人冒用。',
  consentKept: '保存多久',
  consentKeptText: '影片只傳送給本服務的提供者，不會留在本裝置上；保存期限以其隱私權政策為準。',
  consentChoice: '您可以拒絕',
  consentChoiceText: '不同意也可以改用其他方式辦理；開始後隨時可以取消。',
  agree: '同意並開始',
  refuse: '不同意',

  preparing: '正在準備…',
  allowCamera: '請允許使用相機',
  allowCameraHint: '瀏覽器詢問時，請選擇「允許」',
  loading: '馬上就好…',
  download: '正在載入人臉偵測',
  preview: '相機畫面',
  tap: '點一下繼續',
  recording: '錄影中',
  paused: '已暫停',
  pausedHint: '回到本頁面後繼續',
  uploading: '正在上傳…',
  checking: '正在核對，請稍候…',

  retry: '重試',
  again: '重新開始',
  close: '關閉',
  done: '完成',
  code: '代碼',
  reference: '參考編號',
};

export default words;
