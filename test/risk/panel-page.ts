/** What `test/browser/risk-panel.test.ts` runs in a page. */
export { mountRiskPanel } from '../../demo/risk-panel/index.js';
export { streamOf } from '../../demo/page/sample-person.js';
export { collectRisk, withdraw } from '../../src/risk/index.js';
