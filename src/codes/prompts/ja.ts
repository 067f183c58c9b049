import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '本人確認が完了しました',
  alreadyDone: 'すでに完了しています。操作は必要ありません',
  proceed: 'そのままお進みください',
  cancelled: '中止しました。必要なときにやり直せます',
  notPassed: '確認できませんでした。もう一度お試しください',
  livenessFailed: 'ご本人の動きを確認できませんでした。もう一度お試しください',
  notSamePerson: 'ご本人と確認できませんでした。画面を正面から見てもう一度お試しください',
  resultPending: '結果はまだ出ていません。しばらくしてからご確認ください',
  underReview: '担当者が確認します。ご連絡をお待ちください',
  noResult: '結果が見つかりません。もう一度お試しください',
  riskBlocked: '現在オンラインではお手続きできません。別の方法をご利用になるか、コード {code} をサポートにお伝えください',

  // the face in the picture
  selfFacing: 'ご本人が正面を向き、顔を枠に合わせてください',
  faceNotFound: '顔が見つかりません。顔全体を枠にはっきり写してください',
  selfNotFound: '顔が見つかりません。ご本人が正面を向き、顔を枠に合わせてください',
  faceNotInVideo: '動画に顔が写っていません。撮影中は顔全体をはっきり写してください',
  faceInFrame: '何も隠さず、正面の顔を枠に合わせてください',
  faceComplete: '正面の顔全体を枠にはっきり写してください',
  distance: '近すぎるか遠すぎます。顔全体がはっきり写る距離で撮影してください',
  uncoverFace: '顔が隠れています。顔全体を見せてください',
  blurred: '画像がぼやけています。動かずに撮影してください',
  doNotShake: '揺らさずに、正面の顔を枠に合わせてください',
  doNotMove: '動かずに、正面の顔を枠に合わせてください',
  keepEyesOpen: '撮影中は目を閉じないでください',
  blinkForCamera: 'まばたきを確認できません。正面を向いてまばたきしてください',
  doAction: '画面の指示どおりに動いてください',
  goIndoors: '光が強すぎます。屋内でお試しください',
  onePersonOnly: 'お一人だけで写ってください',
  twoFacesAtMost: '写っている人が多すぎます。2人までにしてください',

  // the voice
  readDigits: '声を認識できません。数字をゆっくり大きな声で読んでください',
  quietPlace: '声が小さすぎます。静かな場所で撮影してください',
  lessNoise: '周りの音が大きすぎます。静かな場所で撮り直してください',
  noSound: '音声がありません。撮影中に数字を中国語（標準語）で大きく読んでください',
  readMandarin: '確認できませんでした。数字を中国語（標準語）で大きく読んでください',
  speakUp: '声が聞こえません。スマホに近づいて数字を大きく読んでください',
  moveLips: '口を大きく開けて、数字を一つずつはっきり読んでください',
  digitsExpired: '数字の有効期限が切れました。もう一度お試しください',

  // the recording
  recordAgain: '動画を撮り直してください',
  videoAbnormal: '動画に問題があります。撮り直してください',
  recordLive: 'この場で撮影してください。保存済みの動画は使えません',
  recordTwoSeconds: '動画が短すぎます。2秒以上撮影してください',
  recordSixSeconds: '6秒ほどの動画を撮り直してください',
  videoUnclear: '動画が不鮮明です。別のスマホでお試しください',

  // photographs and documents
  retakePhoto: 'はっきりした写真を撮り直してください',
  reuploadPhoto: '画像の解像度が低すぎます。もう一度アップロードしてください',
  changeImage: 'この画像は使えません。別の画像をお使いください',
  uploadId: '身分証の写真をアップロードしてください',
  reuploadId: '番号が身分証と一致しません。もう一度アップロードしてください',
  scanIdAgain: '身分証を読み取れません。平らに置いて撮り直してください',
  renewId: '身分証の有効期限が切れています。有効なものをお使いください',
  idPhotoUnusable: '現在、身分証の写真を確認できません。コード {code} をサポートにお伝えください',

  // the identity
  checkName: 'お名前をご確認ください',
  checkIdNumber: '身分証番号をご確認ください',
  checkDetails: 'お名前と身分証番号をご確認ください',
  checkNameAndId: 'お名前と身分証番号が一致しません。ご確認ください',
  visitRegistry: '登録が見つかりません。戸籍のある地域の窓口でご確認ください',
  otherMethod: 'この身分証はオンラインで確認できません。別の方法をご利用ください',

  // the session
  startOver: '今回の確認は終了しました。最初からやり直してください',
  sessionExpired: '有効期限が切れました。もう一度お試しください',
  timedOut: '時間切れです。いったん閉じてもう一度お試しください',
  finishFirst: 'まだ完了していません。続けてください',
  authorizeFirst: '先に同意してから始めてください',
  consentNeeded: '顔情報の利用に同意されていません。別の方法もご利用になれます',
  tooFrequent: '操作が多すぎます。しばらくしてからお試しください',
  tryTomorrow: '回数の上限に達しました。24時間後にお試しください',
  keepPageOpen: '最初からやり直してください。終わるまでこのページを離れないでください',

  // the device
  allowCamera: '設定でカメラを許可して、もう一度お試しください',
  allowMicrophone: '設定でマイクを許可して、もう一度お試しください',
  allowCameraAndMicrophone: '設定でカメラとマイクを許可して、もう一度お試しください',
  noCamera: 'カメラが見つかりません。カメラ付きのスマホをお使いください',
  closeOtherCamera: 'カメラを使用中の他のアプリを閉じて、もう一度お試しください',
  restartCamera: 'カメラが反応しません。このページを開き直してください',
  tapToContinue: '画面をタップして続けてください',
  changeDevice: 'この端末には対応していません。別のスマホでお試しください',
  changeBrowser: 'このブラウザには対応していません。別のブラウザでお試しください',
  updateApp: 'アプリを更新してください',
  reloadPage: 'ページを読み込めませんでした。再読み込みしてください',

  // the network and the service
  offline: 'オフラインです。ネットワークに接続してお試しください',
  networkWeak: '通信が不安定です。しばらくしてからお試しください',
  uploadFailed: '送信できませんでした。通信を確認してもう一度お試しください',
  serverFailed: 'サーバーで問題が起きました。しばらくしてからお試しください',
  busy: 'ただいま混み合っています。しばらくしてからお試しください',
  maintenance: 'メンテナンス中です。しばらくしてからお試しください',
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
  'instruction.moreLight': '暗すぎます。明るい場所に移動してください',
  'instruction.lessLight': '明るすぎます。強い光を避けてください',
  'instruction.holdSteady': 'スマホを揺らさないでください',
  'instruction.holdStill': 'そのまま動かないでください',
  'instruction.blink': '一度まばたきしてください',
  'instruction.openMouth': '一度口を開けてください',
  'instruction.nod': '一度うなずいてください',
  'instruction.turnLeft': 'ゆっくり左を向いてください',
  'instruction.turnRight': 'ゆっくり右を向いてください',
};

export default { locale: 'ja', prompts };
