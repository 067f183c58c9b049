import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '認證成功',
  alreadyDone: '認證已完成，毋須再次操作',
  proceed: '請繼續',
  cancelled: '已取消，需要時可重新開始',
  notPassed: '請重新認證。認證未能通過',
  livenessFailed: '請再試一次。真人檢測未能通過',
  notSamePerson: '請由本人正對屏幕再試一次。未能確認是本人',
  resultPending: '請稍後再查看。結果尚未備妥',
  underReview: '請留意稍後的通知。需要人手審核',
  noResult: '請重新認證。找不到認證結果',
  riskBlocked: '暫時未能在網上辦理，請改用其他方式，或聯絡客戶服務並提供代碼 {code}',

  // the face in the picture
  selfFacing: '請由本人操作，並將正面對準框內',
  faceNotFound: '請將正面對準框內並保持清晰完整。偵測不到面部',
  selfNotFound: '請由本人將正面對準框內。偵測不到面部',
  faceNotInVideo: '錄影時請保持面部清晰完整。影片中偵測不到面部',
  faceInFrame: '請將正面放在框內，不要遮擋',
  faceComplete: '請將正面對準框內並保持清晰完整',
  distance: '錄影時請保持面部清晰完整。離屏幕太近或太遠',
  uncoverFace: '請露出整個面部。面部被遮住',
  blurred: '請保持面部清晰，不要晃動。畫面模糊',
  doNotShake: '請不要晃動，保持正面對準框內',
  doNotMove: '請不要移動，保持正面對準框內',
  keepEyesOpen: '錄影時請不要閉眼',
  blinkForCamera: '錄影時請正對鏡頭並眨眼。偵測不到眨眼',
  doAction: '請按提示完成動作',
  goIndoors: '請到室內再試。光線太強',
  onePersonOnly: '請確保畫面中只有您一人',
  twoFacesAtMost: '請確保最多只有兩張面孔。畫面中人數太多',

  // the voice
  readDigits: '請大聲慢慢讀一遍數字。未能辨認聲音',
  quietPlace: '請到安靜的地方錄影。聲音太小',
  lessNoise: '請到安靜的地方重新錄影。周圍聲音太大',
  noSound: '錄影時請用普通話大聲讀出數字。沒有聲音',
  readMandarin: '錄影時請用普通話大聲讀出數字。真人檢測未能通過',
  speakUp: '請靠近手機大聲讀出數字。聽不到聲音',
  moveLips: '請張大口，清楚讀出每個數字',
  digitsExpired: '請重新認證。數字已失效',

  // the recording
  recordAgain: '請重新錄影',
  videoAbnormal: '請重新錄影。影片有問題',
  recordLive: '請即場錄影，不要使用現有的影片',
  recordTwoSeconds: '請錄影2秒以上。影片太短',
  recordSixSeconds: '請重新錄影，長度約6秒',
  videoUnclear: '建議換一部手機再試。影片不夠清晰',

  // photographs and documents
  retakePhoto: '請重新拍一張清晰的相片',
  reuploadPhoto: '請重新上載圖片。解像度太低',
  changeImage: '請換一張圖片。這張不能使用',
  uploadId: '請上載身份證相片',
  reuploadId: '請重新上載證件。身份證號碼不符',
  scanIdAgain: '請將證件放平重新拍攝。未能辨認證件',
  renewId: '請使用有效的證件。證件已過期',
  idPhotoUnusable: '暫時未能核對您的證件相片，請聯絡客戶服務並提供代碼 {code}',

  // the identity
  checkName: '請檢查姓名是否正確',
  checkIdNumber: '請檢查身份證號碼是否正確',
  checkDetails: '請檢查姓名和身份證號碼是否正確',
  checkNameAndId: '請確認姓名和身份證號碼。兩者不一致',
  visitRegistry: '請向戶籍所在地的機關查詢。找不到您的資料',
  otherMethod: '請改用其他方式辦理。您的證件不能在網上核實',

  // the session
  startOver: '請離開後重新開始。本次認證已結束',
  sessionExpired: '請再試一次。認證已過期',
  timedOut: '請離開後再試一次。操作逾時',
  finishFirst: '請繼續完成。認證尚未完成',
  authorizeFirst: '請先同意授權，再開始認證',
  consentNeeded: '您未同意使用面部資料，可以改用其他方式辦理',
  tooFrequent: '請稍後再試。操作太頻密',
  tryTomorrow: '請24小時後再試。認證次數已達上限',
  keepPageOpen: '請重新開始，認證時不要離開本頁',

  // the device
  allowCamera: '請在設定中允許使用相機，然後再試一次',
  allowMicrophone: '請在設定中允許使用咪高峰，然後再試一次',
  allowCameraAndMicrophone: '請在設定中允許使用相機和咪高峰，然後再試一次',
  noCamera: '請換一部有相機的手機。找不到相機',
  closeOtherCamera: '請關閉正在使用相機的其他應用程式，然後再試一次',
  restartCamera: '請重新開啟本頁。相機沒有反應',
  tapToContinue: '請點一下畫面繼續',
  changeDevice: '請換一部手機再試。不支援這部裝置',
  changeBrowser: '請換一個瀏覽器再試。不支援這個瀏覽器',
  updateApp: '請更新應用程式。版本過舊',
  reloadPage: '請重新整理本頁。頁面未能完全載入',

  // the network and the service
  offline: '請連接網絡後再試。網絡已中斷',
  networkWeak: '請稍後再試。網絡不穩定',
  uploadFailed: '請檢查網絡後再試。上載失敗',
  serverFailed: '請稍後再試。伺服器處理失敗',
  busy: '請稍後再試。目前使用人數較多',
  maintenance: '請稍後再試。系統維護中',
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
  'instruction.moreLight': '請到較光亮的地方。光線太暗',
  'instruction.lessLight': '請避開強光。光線太強',
  'instruction.holdSteady': '請拿穩手機，不要晃動',
  'instruction.holdStill': '很好，請保持不動',
  'instruction.blink': '請眨一下眼',
  'instruction.openMouth': '請張開口',
  'instruction.nod': '請點一下頭',
  'instruction.turnLeft': '請慢慢向左轉頭',
  'instruction.turnRight': '請慢慢向右轉頭',
};

export default { locale: 'zh-HK', prompts };
