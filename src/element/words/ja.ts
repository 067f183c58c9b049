import type { Words } from '../vocabulary.js';

const words: Words = {
  title: '顔認証',
  idle: 'ご本人の確認です。数秒で終わります',
  start: 'はじめる',
  cancel: 'キャンセル',

  consentTitle: 'はじめる前に',
  consentWhat: '取得するもの',
  consentWhatText: 'カメラで顔の動画を数秒間撮影します。顔の情報は特に配慮が必要な個人情報です。',
  consentDevice: '端末の情報',
  consentDeviceText: 'なりすましに気づくため、この端末とブラウザの安全性を読み取ります。',
  consentWhy: '目的',
  consentWhyText: '操作しているのがご本人であることを確認し、なりすましを防ぐためです。',
  consentKept: '保存期間',
  consentKeptText: '動画はこのサービスの提供者にのみ送られ、この端末には残りません。保存期間は提供者のプライバシーポリシーをご覧ください。',
  consentChoice: '同意しないこともできます',
  consentChoiceText: '同意しない場合は別の方法をご利用になれます。開始後もいつでも中止できます。',
  agree: '同意してはじめる',
  refuse: '同意しない',

  preparing: '準備しています…',
  allowCamera: 'カメラの使用を許可してください',
  allowCameraHint: 'ブラウザの確認画面で「許可」を選んでください',
  loading: 'まもなく始まります…',
  download: '顔検出を読み込み中',
  preview: 'カメラの映像',
  tap: 'タップして続ける',
  recording: '録画中',
  paused: '一時停止中',
  pausedHint: 'このページに戻ると再開します',
  uploading: '送信しています…',
  checking: '確認しています。お待ちください…',

  retry: 'もう一度試す',
  again: '最初からやり直す',
  close: '閉じる',
  done: '完了',
  code: 'コード',
  reference: '受付番号',
};

export default words;
