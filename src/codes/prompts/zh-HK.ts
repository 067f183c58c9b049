import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '認證成功',
  alreadyDone: '認證已完成，毋須再次操作',
  proceed: '請繼續',
  cancelled: '已取消，需要時可重新開始',
  notPassed: '認證未能通過，請重新認證',
  livenessFailed: '真人檢測未能通過，請再試一次',
  notSamePerson: '未能確認是本人，請由本人正對屏幕再試一次',
  resultPending: '結果尚未備妥，請稍後再查看',
  underReview: '需要人手審核，請留意稍後的通知',
  noResult: '找不到認證結果，請重新認證',
  riskBlocked: '暫時未能在網上辦理，請改用其他方式，或聯絡客戶服務並提供代碼 {code}',

  // the face in the picture
  selfFacing: '請由本人操作，並將正面對準框內',
  faceNotFound: '偵測不到面部，請將正面對準框內並保持清晰完整',
  selfNotFound: '偵測不到面部，請由本人將正面對準框內',
  faceNotInVideo: '影片中偵測不到面部，錄影時請保持面部清晰完整',
  faceInFrame: '請將正面放在框內，不要遮擋',
  faceComplete: '請將正面對準框內並保持清晰完整',
  distance: '離屏幕太近或太遠，錄影時請保持面部清晰完整',
  uncoverFace: '面部被遮住，請露出整個面部',
  blurred: '畫面模糊，請保持面部清晰，不要晃動',
  doNotShake: '請不要晃動，保持正面對準框內',
  doNotMove: '請不要移動，保持正面對準框內',
  keepEyesOpen: '錄影時請不要閉眼',
  blinkForCamera: '偵測不到眨眼，錄影時請正對鏡頭並眨眼',
  doAction: '請按提示完成動作',
  goIndoors: '光線太強，請到室內再試',
  onePersonOnly: '請確保畫面中只有您一人',
  twoFacesAtMost: '畫面中人數太多，請確保最多只有兩張面孔',

  // the voice
  readDigits: '未能辨認聲音，請大聲慢慢讀一遍數字',
  quietPlace: '聲音太小，請到安靜的地方錄影',
  lessNoise: '周圍聲音太大，請到安靜的地方重新錄影',
  noSound: '沒有聲音，錄影時請用普通話大聲讀出數字',
  readMandarin: '真人檢測未能通過，錄影時請用普通話大聲讀出數字',
  speakUp: '聽不到聲音，請靠近手機大聲讀出數字',
  moveLips: '請張大口，清楚讀出每個數字',
  digitsExpired: '數字已失效，請重新認證',

  // the recording
  recordAgain: '請重新錄影',
  videoAbnormal: '影片有問題，請重新錄影',
  recordLive: '請即場錄影，不要使用現有的影片',
  recordTwoSeconds: '影片太短，請錄影2秒以上',
  recordSixSeconds: '請重新錄影，長度約6秒',
  videoUnclear: '影片不夠清晰，建議換一部手機再試',

  // photographs and documents
  retakePhoto: '請重新拍一張清晰的相片',
  reuploadPhoto: '圖片解像度太低，請重新上載',
  changeImage: '這張圖片不能使用，請換一張',
  uploadId: '請上載身份證相片',
  reuploadId: '身份證號碼與上載的證件不符，請重新上載',
  scanIdAgain: '未能辨認證件，請將證件放平重新拍攝',
  renewId: '證件已過期，請使用有效的證件',
  idPhotoUnusable: '暫時未能核對您的證件相片，請聯絡客戶服務並提供代碼 {code}',

  // the identity
  checkName: '請檢查姓名是否正確',
  checkIdNumber: '請檢查身份證號碼是否正確',
  checkDetails: '請檢查姓名和身份證號碼是否正確',
  checkNameAndId: '姓名和身份證號碼不一致，請確認',
  visitRegistry: '找不到您的資料，請向戶籍所在地的機關查詢',
  otherMethod: '您的證件不能在網上核實，請改用其他方式辦理',

  // the session
  startOver: '本次認證已結束，請離開後重新開始',
  sessionExpired: '認證已過期，請再試一次',
  timedOut: '操作逾時，請離開後再試一次',
  finishFirst: '認證尚未完成，請繼續完成',
  authorizeFirst: '請先同意授權，再開始認證',
  consentNeeded: '您未同意使用面部資料，可以改用其他方式辦理',
  tooFrequent: '操作太頻密，請稍後再試',
  tryTomorrow: '認證次數已達上限，請24小時後再試',
  keepPageOpen: '請重新開始，認證時不要離開本頁',

  // the device
  allowCamera: '請在設定中允許使用相機，然後再試一次',
  allowMicrophone: '請在設定中允許使用咪高峰，然後再試一次',
  allowCameraAndMicrophone: '請在設定中允許使用相機和咪高峰，然後再試一次',
  noCamera: '找不到相機，請換一部有相機的手機',
  closeOtherCamera: '請關閉正在使用相機的其他應用程式，然後再試一次',
  restartCamera: '相機沒有反應，請重新開啟本頁',
  tapToContinue: '請點一下畫面繼續',
  changeDevice: '不支援這部裝置，請換一部手機再試',
  changeBrowser: '不支援這個瀏覽器，請換一個瀏覽器再試',
  updateApp: '應用程式版本過舊，請更新',
  reloadPage: '頁面未能完全載入，請重新整理後再試',

  // the network and the service
  offline: '網絡已中斷，請連接網絡後再試',
  networkWeak: '網絡不穩定，請稍後再試',
  uploadFailed: '上載失敗，請檢查網絡後再試',
  serverFailed: '伺服器處理失敗，請稍後再試',
  busy: '目前使用人數較多，請稍後再試',
  maintenance: '系統維護中，請稍後再試',
  unavailable: '服務暫時未能使用，請聯絡客戶服務並提供代碼 {code}',
  fault: '暫時未能完成認證，請聯絡客戶服務並提供代碼 {code}',
  unknown: '認證未能完成，請稍後再試；如仍未能完成，請聯絡客戶服務並提供代碼 {code}',

  // during the capture
  'instruction.noFace': '請將面部放到框內',
  'instruction.multipleFaces': '請確保畫面中只有您一人',
  'instruction.moveCloser': '請靠近一點',
  'instruction.moveBack': '請離遠一點',
  'instruction.moveLeft': '請向左移一點',
  'instruction.moveRight': '請向右移一點',
  'instruction.moveUp': '請向上移一點',
  'instruction.moveDown': '請向下移一點',
  'instruction.faceForward': '請正對屏幕',
  'instruction.moreLight': '光線太暗，請到光一點的地方',
  'instruction.lessLight': '光線太強，請避開強光',
  'instruction.holdSteady': '請拿穩手機，不要晃動',
  'instruction.holdStill': '很好，請保持不動',
  'instruction.blink': '請眨一下眼',
  'instruction.openMouth': '請張開口一下',
  'instruction.nod': '請點一下頭',
  'instruction.turnLeft': '請慢慢向左轉頭',
  'instruction.turnRight': '請慢慢向右轉頭',
};

export default { locale: 'zh-HK', prompts };
