import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '本人確認が完了しました',
  alreadyDone: 'すでに完了しています。操作は必要ありません',
  proceed: 'そのままお進みください',
  cancelled: '中止しました。必要なときにやり直せます',
  notPassed: 'もう一度お試しください。確認できませんでした',
  livenessFailed: 'もう一度お試しください。ご本人の動きを確認できませんでした',
  notSamePerson: '画面を正面から見てもう一度お試しください。ご本人と確認できませんでした',
  resultPending: 'しばらくしてからご確認ください。結果はまだ出ていません',
  underReview: 'ご連絡をお待ちください。担当者が確認します',
  noResult: 'もう一度お試しください。結果が見つかりません',
  riskBlocked: '現在オンラインではお手続きできません。別の方法をご利用になるか、コード {code} をサポートにお伝えください',

  // the face in the picture
  selfFacing: 'ご本人が正面を向き、顔を枠に合わせてください',
  faceNotFound: '顔全体を枠にはっきり写してください。顔が見つかりません',
  selfNotFound: 'ご本人が正面を向き、顔を枠に合わせてください。顔が見つかりません',
  faceNotInVideo: '撮影中は顔全体をはっきり写してください。動画に顔が写っていません',
  faceInFrame: '何も隠さず、正面の顔を枠に合わせてください',
  faceComplete: '正面の顔全体を枠にはっきり写してください',
  distance: '顔全体がはっきり写る距離で撮影してください。近すぎるか遠すぎます',
  uncoverFace: '顔全体を見せてください。顔が隠れています',
  blurred: '動かずに撮影してください。画像がぼやけています',
  doNotShake: '揺らさずに、正面の顔を枠に合わせてください',
  doNotMove: '動かずに、正面の顔を枠に合わせてください',
  keepEyesOpen: '撮影中は目を閉じないでください',
  blinkForCamera: '正面を向いてまばたきしてください。まばたきを確認できません',
  doAction: '画面の指示どおりに動いてください',
  goIndoors: '屋内でお試しください。光が強すぎます',
  onePersonOnly: 'お一人だけで写ってください',
  twoFacesAtMost: '写る人は2人までにしてください。人数が多すぎます',

  // the voice
  readDigits: '数字をゆっくり大きな声で読んでください。声を認識できません',
  quietPlace: '静かな場所で撮影してください。声が小さすぎます',
  lessNoise: '静かな場所で撮り直してください。周りの音が大きすぎます',
  noSound: '撮影中に数字を中国語（標準語）で大きく読んでください。音声がありません',
  readMandarin: '数字を中国語（標準語）で大きく読んでください。確認できませんでした',
  speakUp: 'スマホに近づいて数字を大きく読んでください。声が聞こえません',
  moveLips: '口を大きく開けて、数字を一つずつはっきり読んでください',
  digitsExpired: 'もう一度お試しください。数字の有効期限が切れました',

  // the recording
  recordAgain: '動画を撮り直してください',
  videoAbnormal: '動画を撮り直してください。問題があります',
  recordLive: 'この場で撮影してください。保存済みの動画は使えません',
  recordTwoSeconds: '2秒以上撮影してください。動画が短すぎます',
  recordSixSeconds: '6秒ほどの動画を撮り直してください',
  videoUnclear: '別のスマホでお試しください。動画が不鮮明です',

  // photographs and documents
  retakePhoto: 'はっきりした写真を撮り直してください',
  reuploadPhoto: '画像をもう一度アップロードしてください。解像度が低すぎます',
  changeImage: '別の画像をお使いください。この画像は使えません',
  uploadId: '身分証の写真をアップロードしてください',
  reuploadId: '身分証をもう一度アップロードしてください。番号が一致しません',
  scanIdAgain: '身分証を平らに置いて撮り直してください。読み取れませんでした',
  renewId: '有効な身分証をお使いください。期限が切れています',
  idPhotoUnusable: '現在、身分証の写真を確認できません。コード {code} をサポートにお伝えください',

  // the identity
  checkName: 'お名前をご確認ください',
  checkIdNumber: '身分証番号をご確認ください',
  checkDetails: 'お名前と身分証番号をご確認ください',
  checkNameAndId: 'お名前と身分証番号をご確認ください。一致しません',
  visitRegistry: '戸籍のある地域の窓口でご確認ください。登録が見つかりません',
  otherMethod: '別の方法をご利用ください。この身分証はオンラインで確認できません',

  // the session
  startOver: '最初からやり直してください。今回の確認は終了しました',
  sessionExpired: 'もう一度お試しください。有効期限が切れました',
  timedOut: 'いったん閉じてもう一度お試しください。時間切れです',
  finishFirst: '続けてください。まだ完了していません',
  authorizeFirst: '先に同意してから始めてください',
  consentNeeded: '顔情報の利用に同意されていません。別の方法もご利用になれます',
  tooFrequent: 'しばらくしてからお試しください。操作が多すぎます',
  tryTomorrow: '24時間後にお試しください。回数の上限に達しました',
  keepPageOpen: '最初からやり直してください。終わるまでこのページを離れないでください',

  // the device
  allowCamera: '設定でカメラを許可して、もう一度お試しください',
  allowMicrophone: '設定でマイクを許可して、もう一度お試しください',
  allowCameraAndMicrophone: '設定でカメラとマイクを許可して、もう一度お試しください',
  noCamera: 'カメラ付きのスマホをお使いください。カメラが見つかりません',
  closeOtherCamera: 'カメラを使用中の他のアプリを閉じて、もう一度お試しください',
  restartCamera: 'このページを開き直してください。カメラが反応しません',
  tapToContinue: '画面をタップして続けてください',
  changeDevice: '別のスマホでお試しください。この端末には対応していません',
  changeBrowser: '別のブラウザでお試しください。このブラウザには対応していません',
  updateApp: 'アプリを更新してください',
  reloadPage: 'ページを再読み込みしてください。最後まで読み込めませんでした',

  // the network and the service
  offline: 'ネットワークに接続してお試しください。オフラインです',
  networkWeak: 'しばらくしてからお試しください。通信が不安定です',
  uploadFailed: '通信を確認してもう一度お試しください。送信できませんでした',
  serverFailed: 'しばらくしてからお試しください。サーバーで問題が起きました',
  busy: 'しばらくしてからお試しください。ただいま混み合っています',
  maintenance: 'しばらくしてからお試しください。メンテナンス中です',
  unavailable: '現在サービスをご利用になれません。コード {code} をサポートにお伝えください',
  fault: '現在、確認を完了できません。コード {code} をサポートにお伝えください',
  unknown: '確認が完了しませんでした。しばらくしてお試しいただき、解決しない場合はコード {code} をサポートにお伝えください',

  // during the capture
  'instruction.noFace': '顔を枠の中に入れてください',
  'instruction.multipleFaces': 'お一人だけで写ってください',
  'instruction.moveCloser': 'もう少し近づいてください',
  'instruction.moveBack': 'もう少し離れてください',
  'instruction.moveLeft': '少し左に動いてください',
  'instruction.moveRight': '少し右に動いてください',
  'instruction.moveUp': '少し上に動いてください',
  'instruction.moveDown': '少し下に動いてください',
  'instruction.faceForward': '画面を正面から見てください',
  'instruction.moreLight': '明るい場所に移動してください。暗すぎます',
  'instruction.lessLight': '強い光を避けてください。明るすぎます',
  'instruction.holdSteady': 'スマホを揺らさないでください',
  'instruction.holdStill': 'そのまま動かないでください',
  'instruction.blink': '一度まばたきしてください',
  'instruction.openMouth': '一度口を開けてください',
  'instruction.nod': '一度うなずいてください',
  'instruction.turnLeft': 'ゆっくり左を向いてください',
  'instruction.turnRight': 'ゆっくり右を向いてください',
};

export default { locale: 'ja', prompts };
