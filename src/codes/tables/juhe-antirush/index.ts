import riskLevel from './risk-level.js';
import riskType from './risk-type.js';
import service from './service.js';
import system from './system.js';

/** 聚合数据, risk engine. */
export default [riskType, riskLevel, service, system] as const;
