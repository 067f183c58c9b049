import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'You are verified',
  alreadyDone: 'You are already verified. There is nothing more to do',
  proceed: 'Please continue',
  cancelled: 'Cancelled. You can start again whenever you like',
  notPassed: 'Please try again. The verification did not pass',
  livenessFailed: 'Please try again. The liveness check did not pass',
  notSamePerson: 'Face the screen yourself and try again. We could not confirm it is you',
  resultPending: 'Please check back soon. The result is not ready yet',
  underReview: 'Please wait to hear from us. This needs a manual review',
  noResult: 'Please verify again. We found no result',
  riskBlocked: 'This cannot be done online right now. Please use another way, or contact support and quote code {code}',

  // the face in the picture
  selfFacing: 'Do this yourself, with your face straight in the frame',
  faceNotFound: 'Put your whole face clearly in the frame. No face found',
  selfNotFound: 'Do this yourself, with your face straight in the frame. No face found',
  faceNotInVideo: 'Keep your whole face clearly in view while recording. No face found in the video',
  faceInFrame: 'Keep your face straight in the frame, with nothing covering it',
  faceComplete: 'Put your whole face clearly in the frame',
  distance: 'Keep the phone at arm’s length, with your whole face in view',
  uncoverFace: 'Uncover your face so that all of it shows',
  blurred: 'Hold still. The picture is blurred',
  doNotShake: 'Hold still and keep your face straight in the frame',
  doNotMove: 'Do not move. Keep your face straight in the frame',
  keepEyesOpen: 'Keep your eyes open while recording',
  blinkForCamera: 'Face the camera and blink while recording',
  doAction: 'Do the action shown on the screen',
  goIndoors: 'Go indoors. The light is too strong here',
  onePersonOnly: 'Make sure that only you are in the picture',
  twoFacesAtMost: 'Two faces at most, please. There are too many in the picture',

  // the voice
  readDigits: 'Read the digits once more, slowly and aloud',
  quietPlace: 'Speak up, and record in a quiet place',
  lessNoise: 'Record again somewhere quieter',
  noSound: 'Read the digits aloud in Mandarin while recording. There was no sound',
  readMandarin: 'Read the digits aloud in Mandarin while recording. That did not work',
  speakUp: 'Hold the phone closer and read the digits aloud',
  moveLips: 'Open your mouth well and say each digit clearly',
  digitsExpired: 'Please verify again. The digits have expired',

  // the recording
  recordAgain: 'Please record the video again',
  videoAbnormal: 'Please record the video again. Something is wrong with it',
  recordLive: 'Record the video now. A stored video cannot be used',
  recordTwoSeconds: 'Record at least 2 seconds. The video was too short',
  recordSixSeconds: 'Record again, for about 6 seconds',
  videoUnclear: 'Try again on another phone. The video is not clear enough',

  // photographs and documents
  retakePhoto: 'Please take a new, clear photo',
  reuploadPhoto: 'Please upload a sharper photo',
  changeImage: 'Please use another image. This one cannot be used',
  uploadId: 'Please upload a photo of your ID card',
  reuploadId: 'Please upload your ID again. The number does not match',
  scanIdAgain: 'Lay your ID flat and take the photo again',
  renewId: 'Please use a valid ID. This one has expired',
  idPhotoUnusable: 'Your ID photo cannot be checked right now. Please contact support and quote code {code}',

  // the identity
  checkName: 'Please check the name you entered',
  checkIdNumber: 'Please check the ID number you entered',
  checkDetails: 'Please check the name and the ID number you entered',
  checkNameAndId: 'Please check the name and the ID number. They do not match',
  visitRegistry: 'Please ask the office where your household is registered. You were not found on record',
  otherMethod: 'Please use another way. Your ID cannot be checked online',

  // the session
  startOver: 'Please leave and start again. This verification has ended',
  sessionExpired: 'Please try again. The verification has expired',
  timedOut: 'Please leave and try again. That took too long',
  finishFirst: 'Please go on. The verification is not finished',
  authorizeFirst: 'Please give your permission first, then start',
  consentNeeded: 'You did not agree to the use of your face. You can choose another way',
  tooFrequent: 'Please wait a moment, then try again',
  tryTomorrow: 'Please try again in 24 hours. You have no attempts left',
  keepPageOpen: 'Please start again and stay on this page until the end',

  // the device
  allowCamera: 'Allow the camera in settings, then try again',
  allowMicrophone: 'Allow the microphone in settings, then try again',
  allowCameraAndMicrophone: 'Allow the camera and the microphone in settings, then try again',
  noCamera: 'Please use a phone with a camera. None was found here',
  closeOtherCamera: 'Close the other app that is using the camera, then try again',
  restartCamera: 'Please reopen this page. The camera is not responding',
  tapToContinue: 'Tap the picture to continue',
  changeDevice: 'Please try again on another phone. This device is not supported',
  changeBrowser: 'Please try another browser. This one is not supported',
  updateApp: 'Please update the app',
  reloadPage: 'Please reload the page. It did not load completely',

  // the network and the service
  offline: 'Connect to the network, then try again',
  networkWeak: 'Please try again in a moment. The network is weak',
  uploadFailed: 'Check the network and try again. The upload did not finish',
  serverFailed: 'Please try again in a moment. Something went wrong on our side',
  busy: 'Please try again in a moment. Many people are using this right now',
  maintenance: 'Please try again later. We are doing maintenance',
  unavailable: 'The service is not available right now. Please contact support and quote code {code}',
  fault: 'The verification cannot be completed right now. Please contact support and quote code {code}',
  unknown: 'The verification did not finish. Please try again later, or contact support and quote code {code}',

  // during the capture
  'instruction.noFace': 'Put your face in the frame',
  'instruction.multipleFaces': 'Only you should be in the picture',
  'instruction.moveCloser': 'Move closer',
  'instruction.moveBack': 'Move back a little',
  'instruction.moveLeft': 'Move a little to the left',
  'instruction.moveRight': 'Move a little to the right',
  'instruction.moveUp': 'Move up a little',
  'instruction.moveDown': 'Move down a little',
  'instruction.faceForward': 'Look straight at the screen',
  'instruction.moreLight': 'Go somewhere brighter',
  'instruction.lessLight': 'Move away from the strong light',
  'instruction.holdSteady': 'Hold the phone steady',
  'instruction.holdStill': 'Good. Hold still',
  'instruction.blink': 'Blink once',
  'instruction.openMouth': 'Open your mouth once',
  'instruction.nod': 'Nod once',
  'instruction.turnLeft': 'Slowly turn your head to the left',
  'instruction.turnRight': 'Slowly turn your head to the right',
};

export default { locale: 'en', prompts };
