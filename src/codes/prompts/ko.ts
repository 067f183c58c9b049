import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: '본인 확인이 완료되었습니다',
  alreadyDone: '이미 완료되었습니다. 더 하실 일이 없습니다',
  proceed: '계속 진행해 주세요',
  cancelled: '취소되었습니다. 필요할 때 다시 시작할 수 있습니다',
  notPassed: '다시 시도해 주세요. 확인되지 않았습니다',
  livenessFailed: '다시 시도해 주세요. 실제 얼굴인지 확인하지 못했습니다',
  notSamePerson: '본인이 화면을 정면으로 보고 다시 시도해 주세요. 본인인지 확인하지 못했습니다',
  resultPending: '잠시 후 확인해 주세요. 아직 결과가 나오지 않았습니다',
  underReview: '안내를 기다려 주세요. 담당자 확인이 필요합니다',
  noResult: '다시 진행해 주세요. 결과를 찾을 수 없습니다',
  riskBlocked: '지금은 온라인으로 진행할 수 없습니다. 다른 방법을 이용하거나 고객센터에 {code} 코드를 알려 주세요',

  // the face in the picture
  selfFacing: '본인이 직접, 얼굴을 정면으로 틀에 맞춰 주세요',
  faceNotFound: '얼굴 전체를 틀 안에 또렷하게 맞춰 주세요. 얼굴을 찾을 수 없습니다',
  selfNotFound: '본인이 직접 얼굴을 정면으로 틀에 맞춰 주세요. 얼굴을 찾을 수 없습니다',
  faceNotInVideo: '촬영하는 동안 얼굴 전체가 또렷하게 보이게 해 주세요. 영상에 얼굴이 없습니다',
  faceInFrame: '가린 곳 없이 얼굴을 정면으로 틀에 맞춰 주세요',
  faceComplete: '얼굴 전체를 정면으로 틀 안에 또렷하게 맞춰 주세요',
  distance: '얼굴 전체가 또렷하게 보이는 거리에서 촬영해 주세요. 너무 가깝거나 멉니다',
  uncoverFace: '얼굴 전체를 보여 주세요. 얼굴이 가려졌습니다',
  blurred: '움직이지 말고 촬영해 주세요. 화면이 흐립니다',
  doNotShake: '흔들지 말고 얼굴을 정면으로 틀에 맞춰 주세요',
  doNotMove: '움직이지 말고 얼굴을 정면으로 틀에 맞춰 주세요',
  keepEyesOpen: '촬영하는 동안 눈을 감지 마세요',
  blinkForCamera: '정면을 보고 눈을 깜박여 주세요. 눈 깜박임이 없습니다',
  doAction: '화면의 안내대로 움직여 주세요',
  goIndoors: '실내에서 시도해 주세요. 빛이 너무 강합니다',
  onePersonOnly: '화면에 본인만 나오게 해 주세요',
  twoFacesAtMost: '화면에 두 명까지만 나오게 해 주세요. 얼굴이 너무 많습니다',

  // the voice
  readDigits: '숫자를 큰 소리로 천천히 읽어 주세요. 목소리를 인식하지 못했습니다',
  quietPlace: '조용한 곳에서 촬영해 주세요. 소리가 너무 작습니다',
  lessNoise: '조용한 곳에서 다시 촬영해 주세요. 주변이 너무 시끄럽습니다',
  noSound: '촬영하면서 숫자를 표준 중국어로 크게 읽어 주세요. 소리가 없습니다',
  readMandarin: '촬영하면서 숫자를 표준 중국어로 크게 읽어 주세요. 확인하지 못했습니다',
  speakUp: '휴대폰에 가까이 대고 숫자를 크게 읽어 주세요. 소리가 들리지 않습니다',
  moveLips: '입을 크게 벌리고 숫자를 하나씩 또박또박 읽어 주세요',
  digitsExpired: '다시 진행해 주세요. 숫자의 유효 시간이 지났습니다',

  // the recording
  recordAgain: '영상을 다시 촬영해 주세요',
  videoAbnormal: '영상을 다시 촬영해 주세요. 문제가 있습니다',
  recordLive: '지금 바로 촬영해 주세요. 저장된 영상은 쓸 수 없습니다',
  recordTwoSeconds: '2초 이상 촬영해 주세요. 영상이 너무 짧습니다',
  recordSixSeconds: '6초 정도로 다시 촬영해 주세요',
  videoUnclear: '다른 휴대폰으로 시도해 주세요. 영상이 선명하지 않습니다',

  // photographs and documents
  retakePhoto: '선명한 사진을 다시 찍어 주세요',
  reuploadPhoto: '사진을 다시 올려 주세요. 해상도가 너무 낮습니다',
  changeImage: '다른 이미지를 사용해 주세요. 이 이미지는 쓸 수 없습니다',
  uploadId: '신분증 사진을 올려 주세요',
  reuploadId: '신분증을 다시 올려 주세요. 번호가 다릅니다',
  scanIdAgain: '신분증을 평평하게 놓고 다시 찍어 주세요. 인식하지 못했습니다',
  renewId: '유효한 신분증을 사용해 주세요. 신분증이 만료되었습니다',
  idPhotoUnusable: '지금은 신분증 사진을 확인할 수 없습니다. 고객센터에 {code} 코드를 알려 주세요',

  // the identity
  checkName: '이름을 확인해 주세요',
  checkIdNumber: '신분증 번호를 확인해 주세요',
  checkDetails: '이름과 신분증 번호를 확인해 주세요',
  checkNameAndId: '이름과 신분증 번호를 확인해 주세요. 서로 일치하지 않습니다',
  visitRegistry: '호적지의 기관에 문의해 주세요. 등록 정보를 찾을 수 없습니다',
  otherMethod: '다른 방법을 이용해 주세요. 이 신분증은 온라인으로 확인할 수 없습니다',

  // the session
  startOver: '나갔다가 다시 시작해 주세요. 이번 확인이 끝났습니다',
  sessionExpired: '다시 시도해 주세요. 유효 시간이 지났습니다',
  timedOut: '나갔다가 다시 시도해 주세요. 시간이 초과되었습니다',
  finishFirst: '계속 진행해 주세요. 아직 끝나지 않았습니다',
  authorizeFirst: '먼저 동의한 뒤 시작해 주세요',
  consentNeeded: '얼굴 정보 이용에 동의하지 않으셨습니다. 다른 방법을 이용할 수 있습니다',
  tooFrequent: '잠시 후 다시 시도해 주세요. 요청이 너무 잦습니다',
  tryTomorrow: '24시간 후 다시 시도해 주세요. 시도 횟수를 모두 썼습니다',
  keepPageOpen: '다시 시작해 주세요. 끝날 때까지 이 페이지를 떠나지 마세요',

  // the device
  allowCamera: '설정에서 카메라를 허용한 뒤 다시 시도해 주세요',
  allowMicrophone: '설정에서 마이크를 허용한 뒤 다시 시도해 주세요',
  allowCameraAndMicrophone: '설정에서 카메라와 마이크를 허용한 뒤 다시 시도해 주세요',
  noCamera: '카메라가 있는 휴대폰을 사용해 주세요. 카메라를 찾을 수 없습니다',
  closeOtherCamera: '카메라를 쓰고 있는 다른 앱을 닫고 다시 시도해 주세요',
  restartCamera: '이 페이지를 다시 열어 주세요. 카메라가 응답하지 않습니다',
  tapToContinue: '화면을 눌러 계속해 주세요',
  changeDevice: '다른 휴대폰으로 시도해 주세요. 지원하지 않는 기기입니다',
  changeBrowser: '다른 브라우저로 시도해 주세요. 지원하지 않는 브라우저입니다',
  updateApp: '앱을 업데이트해 주세요',
  reloadPage: '페이지를 새로 고쳐 주세요. 다 불러오지 못했습니다',

  // the network and the service
  offline: '네트워크에 연결한 뒤 다시 시도해 주세요. 연결이 끊겼습니다',
  networkWeak: '잠시 후 다시 시도해 주세요. 네트워크가 불안정합니다',
  uploadFailed: '네트워크를 확인하고 다시 시도해 주세요. 전송하지 못했습니다',
  serverFailed: '잠시 후 다시 시도해 주세요. 서버에 문제가 생겼습니다',
  busy: '잠시 후 다시 시도해 주세요. 지금 이용자가 많습니다',
  maintenance: '나중에 다시 시도해 주세요. 점검 중입니다',
  unavailable: '지금은 서비스를 이용할 수 없습니다. 고객센터에 {code} 코드를 알려 주세요',
  fault: '지금은 확인을 마칠 수 없습니다. 고객센터에 {code} 코드를 알려 주세요',
  unknown: '확인이 끝나지 않았습니다. 잠시 후 다시 시도하고, 계속되면 고객센터에 {code} 코드를 알려 주세요',

  // during the capture
  'instruction.noFace': '얼굴을 틀 안에 맞춰 주세요',
  'instruction.multipleFaces': '화면에 본인만 나오게 해 주세요',
  'instruction.moveCloser': '조금 더 가까이 오세요',
  'instruction.moveBack': '조금 더 떨어지세요',
  'instruction.moveLeft': '왼쪽으로 조금 움직이세요',
  'instruction.moveRight': '오른쪽으로 조금 움직이세요',
  'instruction.moveUp': '위로 조금 움직이세요',
  'instruction.moveDown': '아래로 조금 움직이세요',
  'instruction.faceForward': '화면을 정면으로 보세요',
  'instruction.moreLight': '더 밝은 곳으로 가세요. 너무 어둡습니다',
  'instruction.lessLight': '강한 빛을 피하세요. 너무 밝습니다',
  'instruction.holdSteady': '휴대폰을 흔들지 마세요',
  'instruction.holdStill': '좋습니다. 그대로 계세요',
  'instruction.blink': '눈을 한 번 깜박이세요',
  'instruction.openMouth': '입을 한 번 벌리세요',
  'instruction.nod': '고개를 한 번 끄덕이세요',
  'instruction.turnLeft': '천천히 왼쪽으로 고개를 돌리세요',
  'instruction.turnRight': '천천히 오른쪽으로 고개를 돌리세요',
};

export default { locale: 'ko', prompts };
