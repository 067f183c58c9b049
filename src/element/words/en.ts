import type { Words } from '../vocabulary.js';

const words: Words = {
  title: 'Face verification',
  idle: 'A few seconds to confirm that it is you',
  start: 'Start',
  cancel: 'Cancel',

  consentTitle: 'Before you start',
  consentWhat: 'What is collected',
  consentWhatText: 'A few seconds of video of your face, taken with the camera. A face is sensitive personal data.',
  consentDevice: 'Your device',
  consentDeviceText: 'How secure this device and browser look is read, to notice somebody posing as you.',
  consentWhy: 'Why',
  consentWhyText: 'To confirm that it is you, and keep others from using your name.',
  consentKept: 'How long it is kept',
  consentKeptText: 'The video goes to the provider of this service only and does not stay on this device. Their privacy policy says for how long they keep it.',
  consentChoice: 'You may refuse',
  consentChoiceText: 'You can use another way instead, and cancel at any time after starting.',
  agree: 'Agree and start',
  refuse: 'Do not agree',

  preparing: 'Getting ready…',
  allowCamera: 'Please allow the camera',
  allowCameraHint: 'When the browser asks, choose “Allow”',
  loading: 'Almost there…',
  download: 'Loading face detection',
  preview: 'Camera picture',
  tap: 'Tap to continue',
  recording: 'Recording',
  paused: 'Paused',
  pausedHint: 'Continues when you are back on this page',
  uploading: 'Uploading…',
  checking: 'Checking, one moment…',

  retry: 'Try again',
  again: 'Start again',
  close: 'Close',
  done: 'Done',
  code: 'Code',
  reference: 'Reference',
};

export default words;
