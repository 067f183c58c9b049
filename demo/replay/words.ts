import type { EngineState, GestureType, Metric } from '../../src/liveness/index.js';

interface Words {
  readonly texts: Readonly<Record<keyof typeof ENGLISH, string>>;
  readonly metrics: Readonly<Record<Metric, string>>;
  readonly states: Readonly<Record<EngineState, string>>;
  readonly gestures: Readonly<Record<GestureType, string>>;
}

const ENGLISH = {
  title: 'Replay a trace',
  skip: 'Skip to the result',
  lead: 'A trace holds what the detector measured, frame by frame, and no picture. See what the person was told, what was measured against which limit, and where the time went. Nothing leaves this page.',
  drop: 'Drop a trace here, or choose a file',
  dropHint: 'JSON Lines (.jsonl), up to 50 MB',
  examples: 'Or look at a real one:',
  challenge: 'Challenge',
  silent: 'Look at the camera',
  action: 'Actions',
  digits: 'Digits read aloud',
  light: 'Light from the screen',
  actions: 'In this order',
  deadline: 'Seconds for each',
  digitsText: 'Digits',
  retries: 'Further tries',
  askedInTrace: 'The trace says what was asked for. Besides the above: {options}',
  askedNowhere: 'The trace does not say what was asked for: set it here.',
  from: 'Begin at second',
  profile: 'Limits for',
  automatic: 'the frame’s shape',
  phone: 'a phone',
  desktop: 'a desk',
  why: 'What happened',
  done: 'Done {seconds} s after it began.',
  failed: 'Failed {seconds} s after it began.',
  unfinished: 'The trace ends {seconds} s after the run began, before the run does.',
  read: 'The person reads',
  hindered: '{seconds} s of the guidance went by with “{text}”: {metric} was {value} in the middle, {threshold} was asked for.',
  interrupted: 'At {seconds} s the recording was broken off: “{text}”',
  missed: 'At {seconds} s a try ended, because the challenge was not met: “{text}”',
  lips: 'While the digits were read, the lips opened and closed by {values} of the mouth’s width; {threshold} was asked for, at {least} of {total}.',
  voice: 'A voice was heard for {values} ms at the digits; {threshold} ms was asked for, at {least} of {total}. The loudest sound was {peak}; a voice is {level} or louder.',
  noisy: 'The room was at {value} before the first digit; from {threshold} on it drowns any voice.',
  eyesShut: 'The eyes were open by {value} in the middle of the last second; {threshold} was asked for, {share} % of this person’s own {rest}.',
  eyesUnseen: 'The eyes were open by {value} in the middle of the last second, and never by {threshold}, which no open eye is below.',
  asked: '“{text}” stood for {seconds} s. {metric} came as far as {value}; {threshold} was asked for.',
  acted: '“{text}” was done from {start} to {end} s.',
  wrong: 'At {seconds} s “{text}” was done, which was not asked for then.',
  paused: 'At {seconds} s the light went out, because the face had left.',
  waited: 'From {start} to {end} s everything waited: “{text}”',
  recorderFailed: 'At {seconds} s the recorder gave up: “{text}”',
  calm: 'Nothing stood in the way.',
  timeWent: 'Where the time went',
  timeLine: 'Over time',
  range: 'Show',
  rangeRun: 'the run',
  rangeAll: 'the whole trace',
  cursor: 'Moment',
  moment: '{seconds} s',
  state: 'State',
  instruction: 'Instruction',
  seen: 'Seen',
  limitGood: 'limit',
  limitAbort: 'breaks a recording off',
  limitAsked: 'asked for by the challenge',
  table: 'The same as a table',
  tableFrom: 'From',
  tableTo: 'To',
  tableKind: 'Kind',
  tableWhat: 'What',
  kindState: 'state',
  kindInstruction: 'instruction',
  kindGesture: 'seen',
  kindEvent: 'challenge',
  record: 'What the challenge measured',
  unreadable: 'This cannot be read: {reason}',
  tooLarge: 'The file is larger than 50 MB.',
  empty: 'The trace has no observations.',
  exampleMissing: 'The example is not served here.',
  badOptions: 'The challenge cannot be run: {reason}',
  frames: '{frames} frames, {faces} with a face, {seconds} s',
  other: '中文',
} as const;

/** The texts of the page, in the two languages its readers work in. */
export const WORDS: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    texts: ENGLISH,
    metrics: {
      faces: 'Faces',
      secondFace: 'Second face',
      faceSize: 'Size of the face',
      offsetX: 'Place, across',
      offsetY: 'Place, up and down',
      yaw: 'Turned (yaw)',
      pitch: 'Chin up (pitch)',
      roll: 'Leaning (roll)',
      brightness: 'Brightness',
      contrast: 'Contrast',
      frameBrightness: 'Brightness without a face',
      motion: 'Movement',
      sharpness: 'Sharpness',
      eyeOpenness: 'Eyes open',
      mouthOpenness: 'Mouth open',
      soundLevel: 'Sound',
    },
    states: { guiding: 'guided', ready: 'ready', capturing: 'recorded', suspended: 'waits', done: 'done', failed: 'failed' },
    gestures: { blink: 'blink', mouthOpen: 'mouth open', turnLeft: 'turn left', turnRight: 'turn right', nod: 'nod' },
  },
  zh: {
    texts: {
      title: '回放轨迹',
      skip: '跳到结果',
      lead: '轨迹里只有检测器逐帧测到的数值，没有画面。这里可以看到用户当时看到的提示、各项数值与阈值，以及时间花在了哪里。数据不会离开本页。',
      drop: '把轨迹文件拖到这里，或选择文件',
      dropHint: 'JSON Lines（.jsonl），最大 50 MB',
      examples: '或查看真实样例：',
      challenge: '活体方式',
      silent: '看着摄像头',
      action: '动作',
      digits: '朗读数字',
      light: '屏幕光线',
      actions: '按此顺序',
      deadline: '每个动作的秒数',
      digitsText: '数字',
      retries: '可重试次数',
      askedInTrace: '以上来自轨迹本身；轨迹中另有：{options}',
      askedNowhere: '轨迹中没有记录当时的要求，请在此设置。',
      from: '从第几秒开始',
      profile: '阈值',
      automatic: '按画面形状',
      phone: '手机',
      desktop: '电脑',
      why: '发生了什么',
      done: '开始后 {seconds} 秒完成。',
      failed: '开始后 {seconds} 秒失败。',
      unfinished: '轨迹在开始后 {seconds} 秒结束，此时流程尚未结束。',
      read: '用户看到',
      hindered: '引导中有 {seconds} 秒显示“{text}”：{metric}中位数为 {value}，要求 {threshold}。',
      interrupted: '{seconds} 秒时录制中断：“{text}”',
      missed: '{seconds} 秒时本次尝试未按要求完成：“{text}”',
      lips: '朗读各数字时，嘴唇开合幅度为嘴宽的 {values}；要求 {total} 个中至少 {least} 个达到 {threshold}。',
      voice: '朗读各数字时，听到人声 {values} 毫秒；要求 {total} 个中至少 {least} 个达到 {threshold} 毫秒。最大音量 {peak}，达到 {level} 才算人声。',
      noisy: '第一个数字之前，环境音量为 {value}；达到 {threshold} 时任何人声都会被盖住。',
      eyesShut: '最后一秒内睁眼程度的中位数为 {value}；要求 {threshold}，即本人平时 {rest} 的 {share}%。',
      eyesUnseen: '最后一秒内睁眼程度的中位数为 {value}，且从未达到 {threshold}；睁着的眼睛不会低于此值。',
      asked: '“{text}”显示了 {seconds} 秒。{metric}最接近时为 {value}，要求 {threshold}。',
      acted: '“{text}”在 {start} 到 {end} 秒完成。',
      wrong: '{seconds} 秒时做了“{text}”，但当时要求的不是它。',
      paused: '{seconds} 秒时人脸离开，光线暂停。',
      waited: '{start} 到 {end} 秒流程暂停：“{text}”',
      recorderFailed: '{seconds} 秒时录制失败：“{text}”',
      calm: '没有遇到阻碍。',
      timeWent: '时间花在哪里',
      timeLine: '随时间变化',
      range: '显示',
      rangeRun: '本次流程',
      rangeAll: '整条轨迹',
      cursor: '时刻',
      moment: '{seconds} 秒',
      state: '状态',
      instruction: '提示',
      seen: '动作',
      limitGood: '阈值',
      limitAbort: '超过则中断录制',
      limitAsked: '活体动作要求',
      table: '以表格显示',
      tableFrom: '开始',
      tableTo: '结束',
      tableKind: '类别',
      tableWhat: '内容',
      kindState: '状态',
      kindInstruction: '提示',
      kindGesture: '动作',
      kindEvent: '活体',
      record: '活体测量结果',
      unreadable: '无法读取：{reason}',
      tooLarge: '文件超过 50 MB。',
      empty: '轨迹中没有数据。',
      exampleMissing: '此处没有提供样例。',
      badOptions: '无法运行该活体方式：{reason}',
      frames: '{frames} 帧，其中 {faces} 帧有人脸，共 {seconds} 秒',
      other: 'English',
    },
    metrics: {
      faces: '人脸数',
      secondFace: '第二张脸',
      faceSize: '人脸大小',
      offsetX: '左右位置',
      offsetY: '上下位置',
      yaw: '左右转头',
      pitch: '抬头低头',
      roll: '歪头',
      brightness: '亮度',
      contrast: '对比度',
      frameBrightness: '无人脸时亮度',
      motion: '晃动',
      sharpness: '清晰度',
      eyeOpenness: '睁眼程度',
      mouthOpenness: '张嘴程度',
      soundLevel: '声音',
    },
    states: { guiding: '引导', ready: '就绪', capturing: '录制', suspended: '暂停', done: '完成', failed: '失败' },
    gestures: { blink: '眨眼', mouthOpen: '张嘴', turnLeft: '左转头', turnRight: '右转头', nod: '点头' },
  },
};

/** A language of the page. */
export type Language = keyof typeof WORDS;

/** Key of a text of the page. */
export type Word = keyof typeof ENGLISH;

/** Locale of the prompts in a language of the page. */
export const LOCALE: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** A text with its places filled in. */
export function say(language: Language, word: Word, places: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[language].texts[word].replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}

const DECIMALS: Readonly<Partial<Record<Metric, number>>> = { yaw: 0, pitch: 0, roll: 0, brightness: 0, contrast: 0, frameBrightness: 0, sharpness: 0, faces: 0, soundLevel: 3 };
const DEGREES: readonly Metric[] = ['yaw', 'pitch', 'roll'];

/** A measured value as it is read; a dash where it is unknown. */
export function showValue(metric: Metric, value: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(DECIMALS[metric] ?? 2).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '−');
  return DEGREES.includes(metric) ? `${text}°` : text;
}

/** Seconds from milliseconds. */
export const showSeconds = (ms: number): string => (ms / 1000).toFixed(1);
