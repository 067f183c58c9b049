import cmd from './cmd.js';
import download from './download.js';
import face from './face.js';
import faceVerify from './face-verify.js';
import fileCache from './file-cache.js';
import ocr from './ocr.js';
import plugin from './plugin.js';
import porn from './porn.js';
import process from './process.js';
import proxy from './proxy.js';

/** Tencent Cloud image processing (万象优图). */
export default [face, porn, ocr, faceVerify, process, download, plugin, fileCache, cmd, proxy] as const;
