import { defineTable } from '../../table.js';

/** Comparison with the photograph on record. Since 2021-07-19 only 2006 and 2016 are charged. */
export default /* @__PURE__ */ defineTable({
  system: 'faceid-wechat',
  table: 'compare',
  source: 'seed 001_92a2572c4e8e6737',
  billing: true,
  columns: ['code', 'meaning', 'prompt', 'billed'],
  rows: [
    ['2001', '调用比对引擎接口出错', 'serverFailed'],
    ['2002', '输入的姓名有误', 'checkName'],
    ['2003', '输入的身份证号有误', 'checkIdNumber'],
    ['2004', '传入图片过大或过小', 'retakePhoto'],
    ['2005', '库中无此号，请到户籍所在地进行核实', 'visitRegistry'],
    ['2006', '姓名和身份证号不一致，请核实后重试', 'checkNameAndId', 'yes'],
    ['2007', '库中无此用户照片，请到户籍所在地进行核实', 'visitRegistry', '2021-07-19'],
    ['2008', '客户库自建库或认证中心返照失败，请稍后再试', 'serverFailed'],
    ['2009', '传入图片分辨率太低，请重新上传', 'reuploadPhoto', '2021-07-19'],
    ['2010', '人脸检测失败，无法提取比对照', 'faceNotFound', '2021-07-19'],
    ['2011', '实人比对未通过', 'notSamePerson', '2021-07-19'],
    ['2012', '检测到多张人脸', 'onePersonOnly', '2021-07-19'],
    ['2013', '未能检测到完整人脸', 'faceComplete', '2021-07-19'],
    ['2014', '传入图片分辨率太低，请重新上传', 'reuploadPhoto', '2021-07-19'],
    ['2015', '比对失败', 'notSamePerson', '2021-07-19'],
    ['2016', '比对相似度未达到通过标准', 'notSamePerson', 'yes'],
  ],
});
