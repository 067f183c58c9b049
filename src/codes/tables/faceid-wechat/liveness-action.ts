import { defineTable } from '../../table.js';

/** Liveness by an action. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'liveness-action',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['1201', '光线太暗', 'instruction.moreLight'],
    ['1202', '光线太强', 'instruction.lessLight'],
    ['1203', '脸离屏幕太近', 'instruction.moveBack'],
    ['1204', '脸离屏幕太右', 'instruction.moveLeft'],
    ['1205', '脸离屏幕太远', 'instruction.moveCloser'],
    ['1206', '脸离屏幕太左', 'instruction.moveRight'],
    ['1207', '未检测到闭眼动作', 'instruction.blink'],
    ['1208', '未检测到第一个动作', 'doAction'],
    ['1209', '未检测到张嘴动作', 'instruction.openMouth'],
    ['1210', '未能检测到完整人脸', 'faceComplete'],
  ],
});
