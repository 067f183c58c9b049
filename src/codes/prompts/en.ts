import type { Prompts } from '../prompt-ids.js';

const prompts: Prompts = {
  // outcome
  passed: 'You are verified',
  alreadyDone: 'You are already verified. There is nothing more to do',
  proceed: 'Please continue',
  cancelled: 'Cancelled. You can start again whenever you like',
  notPassed: 'The verification did not pass. Please try again',
  livenessFailed: 'The liveness check did not pass. Please try again',
  notSamePerson: 'We could not confirm it is you. Face the screen yourself and try again',
  resultPending: 'The result is not ready yet. Please check back soon',
  underReview: 'This needs a manual review. Please wait to hear from us',
  noResult: 'We found no result. Please verify again',
  riskBlocked: 'This cannot be done online right now. Please use another way, or contact support and quote code {code}',

  // the face in the picture
  selfFacing: 'Do this yourself, with your face straight in the frame',
  faceNotFound: 'No face found. Put your whole face clearly in the frame',
  selfNotFound: 'No face found. Do this yourself, with your face straight in the frame',
  faceNotInVideo: 'No face found in the video. Keep your whole face clearly in view while recording',
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
  twoFacesAtMost: 'There are too many faces in the picture. Two at most, please',

  // the voice
  readDigits: 'Read the digits once more, slowly and aloud',
  quietPlace: 'Speak up, and record in a quiet place',
  lessNoise: 'Record again somewhere quieter',
  noSound: 'There was no sound. Read the digits aloud in Mandarin while recording',
  readMandarin: 'That did not work. Read the digits aloud in Mandarin while recording',
  speakUp: 'Hold the phone closer and read the digits aloud',
  moveLips: 'Open your mouth well and say each digit clearly',
  digitsExpired: 'The digits have expired. Please verify again',

  // the recording
  recordAgain: 'Please record the video again',
  videoAbnormal: 'Something is wrong with the video. Please record it again',
  recordLive: 'Record the video now. A stored video cannot be used',
  recordTwoSeconds: 'Record at least 2 seconds. The video was too short',
  recordSixSeconds: 'Record again, for about 6 seconds',
  videoUnclear: 'Try again on another phone. The video is not clear enough',

  // photographs and documents
  retakePhoto: 'Please take a new, clear photo',
  reuploadPhoto: 'Please upload a sharper photo',
  changeImage: 'Please use another image. This one cannot be used',
  uploadId: 'Please upload a photo of your ID card',
  reuploadId: 'The ID number does not match the document. Please upload it again',
  scanIdAgain: 'Lay your ID flat and take the photo again',
  renewId: 'Your ID has expired. Please use a valid one',
  idPhotoUnusable: 'Your ID photo cannot be checked right now. Please contact support and quote code {code}',

  // the identity
  checkName: 'Please check the name you entered',
  checkIdNumber: 'Please check the ID number you entered',
  checkDetails: 'Please check the name and the ID number you entered',
  checkNameAndId: 'The name and the ID number do not match. Please check both',
  visitRegistry: 'You were not found on record. Please ask the office where your household is registered',
  otherMethod: 'Your ID cannot be checked online. Please use another way',

  // the session
  startOver: 'This verification has ended. Please leave and start again',
  sessionExpired: 'The verification has expired. Please try again',
  timedOut: 'That took too long. Please leave and try again',
  finishFirst: 'Please go on. The verification is not finished',
  authorizeFirst: 'Please give your permission first, then start',
  consentNeeded: 'You did not agree to the use of your face. You can choose another way',
  tooFrequent: 'Please wait a moment, then try again',
  tryTomorrow: 'You have no attempts left. Please try again in 24 hours',
  keepPageOpen: 'Please start again and stay on this page until the end',

  // the device
  allowCamera: 'Allow the camera in settings, then try again',
  allowMicrophone: 'Allow the microphone in settings, then try again',
  allowCameraAndMicrophone: 'Allow the camera and the microphone in settings, then try again',
  noCamera: 'No camera found. Please use a phone with a camera',
  closeOtherCamera: 'Close the other app that is using the camera, then try again',
  restartCamera: 'Please reopen this page. The camera is not responding',
  tapToContinue: 'Tap the picture to continue',
  changeDevice: 'Please try again on another phone. This device is not supported',
  changeBrowser: 'Please try another browser. This one is not supported',
  updateApp: 'Please update the app',
  reloadPage: 'Please reload the page. It did not load completely',

  // the network and the service
  offline: 'Connect to the network, then try again',
  networkWeak: 'The network is weak. Please try again in a moment',
  uploadFailed: 'The upload did not finish. Check the network and try again',
  serverFailed: 'Something went wrong on our side. Please try again in a moment',
  busy: 'Many people are using this right now. Please try again in a moment',
  maintenance: 'We are doing maintenance. Please try again later',
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
