import type { Words } from '../vocabulary.js';

const words: Words = {
  title: '얼굴 인증',
  idle: '본인 확인은 몇 초면 끝납니다',
  start: '시작하기',
  cancel: '취소',

  consentTitle: '시작하기 전에',
  consentWhat: '수집 항목',
  consentWhatText: '카메라로 얼굴 영상을 몇 초간 촬영합니다. 얼굴 정보는 민감한 개인정보입니다.',
  consentDevice: '기기 정보',
  consentDeviceText: '도용을 알아차리기 위해 이 기기와 브라우저의 보안 상태를 읽습니다.',
  consentWhy: '이용 목적',
  consentWhyText: '본인이 직접 이용하고 있는지 확인하고 도용을 막기 위해서입니다.',
  consentKept: '보관 기간',
  consentKeptText: '영상은 이 서비스의 제공자에게만 전송되며 이 기기에 남지 않습니다. 보관 기간은 제공자의 개인정보 처리방침을 따릅니다.',
  consentChoice: '거부할 수 있습니다',
  consentChoiceText: '동의하지 않아도 다른 방법을 이용할 수 있으며, 시작한 뒤에도 언제든지 취소할 수 있습니다.',
  agree: '동의하고 시작',
  refuse: '동의하지 않음',

  preparing: '준비하고 있습니다…',
  allowCamera: '카메라 사용을 허용해 주세요',
  allowCameraHint: '브라우저가 물으면 ‘허용’을 선택해 주세요',
  loading: '거의 다 됐습니다…',
  download: '얼굴 감지 불러오는 중',
  preview: '카메라 화면',
  tap: '눌러서 계속',
  recording: '녹화 중',
  paused: '일시 정지됨',
  pausedHint: '이 페이지로 돌아오면 계속됩니다',
  uploading: '전송하고 있습니다…',
  checking: '확인하고 있습니다. 잠시만 기다려 주세요…',

  retry: '다시 시도',
  again: '처음부터 다시',
  close: '닫기',
  done: '완료',
  code: '코드',
  reference: '접수 번호',
};

export default words;
