import riskCodeValue from './risk-code-value.js';
import riskV1 from './risk-v1.js';
import riskV2 from './risk-v2.js';
import service from './service.js';
import system from './system.js';

/** 聚合数据, social card and general query 2.0. */
export default [riskV1, riskV2, riskCodeValue, service, system] as const;
