import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '驗證通過',
  alreadyDone: '驗證已完成，無須再次操作',
  proceed: '請繼續',
  cancelled: '已取消，需要時可重新開始',
  notPassed: '請重新驗證。驗證未通過',
  livenessFailed: '請再試一次。真人檢測未通過',
  notSamePerson: '請由本人正對螢幕再試一次。無法確認是本人',
  resultPending: '請稍後再查看。結果尚未產生',
  underReview: '請留意後續通知。還需要人工審核',
  noResult: '請重新驗證。找不到驗證結果',
  riskBlocked: '目前無法在線上辦理，請改用其他方式，或聯絡客服並提供代碼 {code}',

  // the face in the picture
  selfFacing: '請由本人操作，並將正臉對準框內',
  faceNotFound: '請將正臉對準框內並保持清晰完整。沒有偵測到臉部',
  selfNotFound: '請由本人將正臉對準框內。沒有偵測到臉部',
  faceNotInVideo: '錄影時請保持臉部清晰完整。影片中偵測不到臉部',
  faceInFrame: '請將正臉放在框內，不要遮擋',
  faceComplete: '請將正臉對準框內並保持清晰完整',
  distance: '錄影時請保持臉部清晰完整。離螢幕太近或太遠',
  uncoverFace: '請露出整張臉。臉部被遮住了',
  blurred: '請保持臉部清晰，不要晃動。畫面模糊',
  doNotShake: '請不要晃動，保持正臉對準框內',
  doNotMove: '請不要移動，保持正臉對準框內',
  keepEyesOpen: '錄影時請不要閉眼',
  blinkForCamera: '錄影時請正對鏡頭並眨眼。沒有偵測到眨眼',
  doAction: '請依提示完成動作',
  goIndoors: '請到室內再試。光線太強',
  onePersonOnly: '請確認畫面中只有您一人',
  twoFacesAtMost: '請確認最多只有兩張臉。畫面中人數太多',

  // the voice
  readDigits: '請大聲慢慢地唸一遍數字。沒有辨識到聲音',
  quietPlace: '請到安靜的地方錄影。聲音太小',
  lessNoise: '請到安靜的地方重新錄影。周圍聲音太大',
  noSound: '錄影時請用國語大聲唸出數字。沒有聲音',
  readMandarin: '錄影時請用國語大聲唸出數字。真人檢測未通過',
  speakUp: '請靠近手機大聲唸出數字。沒有聽到聲音',
  moveLips: '請張大嘴巴，清楚地唸出每個數字',
  digitsExpired: '請重新驗證。數字已失效',

  // the recording
  recordAgain: '請重新錄製影片',
  videoAbnormal: '請重新錄製影片。影片異常',
  recordLive: '請當場錄製影片，不要使用現有的影片',
  recordTwoSeconds: '請錄製2秒以上。影片太短',
  recordSixSeconds: '請重新錄製，長度控制在6秒左右',
  videoUnclear: '建議換一支手機再試。影片不夠清晰',

  // photographs and documents
  retakePhoto: '請重新拍一張清晰的照片',
  reuploadPhoto: '請重新上傳圖片。解析度太低',
  changeImage: '請換一張圖片。這張無法使用',
  uploadId: '請上傳身分證照片',
  reuploadId: '請重新上傳證件。身分證號碼不符',
  scanIdAgain: '請將證件放平重新拍攝。沒有辨識出證件',
  renewId: '請使用有效期限內的證件。證件已過期',
  idPhotoUnusable: '目前無法核對您的證件照，請聯絡客服並提供代碼 {code}',

  // the identity
  checkName: '請檢查姓名是否填寫正確',
  checkIdNumber: '請檢查身分證號碼是否填寫正確',
  checkDetails: '請檢查姓名和身分證號碼是否填寫正確',
  checkNameAndId: '請確認姓名和身分證號碼。兩者不一致',
  visitRegistry: '請向戶籍所在地的機關查詢。查無您的資料',
  otherMethod: '請改用其他方式辦理。您的證件無法在線上核驗',

  // the session
  startOver: '請離開後重新開始。本次驗證已結束',
  sessionExpired: '請再試一次。驗證已過期',
  timedOut: '請離開後再試一次。操作逾時',
  finishFirst: '請繼續完成。驗證尚未完成',
  authorizeFirst: '請先同意授權，再開始驗證',
  consentNeeded: '您未同意使用臉部資料，可以改用其他方式辦理',
  tooFrequent: '請稍後再試。操作太頻繁',
  tryTomorrow: '請24小時後再試。驗證次數已達上限',
  keepPageOpen: '請重新開始，驗證時不要離開本頁面',

  // the device
  allowCamera: '請在設定中允許使用相機，然後再試一次',
  allowMicrophone: '請在設定中允許使用麥克風，然後再試一次',
  allowCameraAndMicrophone: '請在設定中允許使用相機和麥克風，然後再試一次',
  noCamera: '請換一支有相機的手機。找不到相機',
  closeOtherCamera: '請關閉正在使用相機的其他應用程式，然後再試一次',
  restartCamera: '請重新開啟本頁面。相機沒有回應',
  tapToContinue: '請點一下畫面繼續',
  changeDevice: '請換一支手機再試。這部裝置不支援',
  changeBrowser: '請換一個瀏覽器再試。這個瀏覽器不支援',
  updateApp: '請更新應用程式。版本過舊',
  reloadPage: '請重新整理頁面。頁面沒有載入完成',

  // the network and the service
  offline: '請連接網路後再試。網路已中斷',
  networkWeak: '請稍後再試。網路不穩定',
  uploadFailed: '請檢查網路後再試。上傳失敗',
  serverFailed: '請稍後再試。伺服器處理失敗',
  busy: '請稍後再試。目前使用人數較多',
  maintenance: '請稍後再試。系統維護中',
  unavailable: '服務暫時無法使用，請聯絡客服並提供代碼 {code}',
  fault: '目前無法完成驗證，請聯絡客服並提供代碼 {code}',
  unknown: '驗證沒有完成，請稍後再試；如仍無法完成，請聯絡客服並提供代碼 {code}',

  // during the capture
  'instruction.noFace': '請將臉放到框內',
  'instruction.multipleFaces': '請確認畫面中只有您一人',
  'instruction.moveCloser': '請靠近一點',
  'instruction.moveBack': '請離遠一點',
  'instruction.moveLeft': '請向左移一點',
  'instruction.moveRight': '請向右移一點',
  'instruction.moveUp': '請向上移一點',
  'instruction.moveDown': '請向下移一點',
  'instruction.faceForward': '請正對螢幕',
  'instruction.moreLight': '請到亮一點的地方。光線太暗',
  'instruction.lessLight': '請避開強光。光線太強',
  'instruction.holdSteady': '請拿穩手機，不要晃動',
  'instruction.holdStill': '很好，請保持不動',
  'instruction.blink': '請眨一下眼睛',
  'instruction.openMouth': '請張一下嘴巴',
  'instruction.nod': '請點一下頭',
  'instruction.turnLeft': '請慢慢向左轉頭',
  'instruction.turnRight': '請慢慢向右轉頭',
};

export default { locale: 'zh-TW', prompts };
