/** What `dist/facefront.min.js` puts under the global `Facefront`: the flow and the element. Nothing is defined until asked. */
export * from './index.js';
export * from './element/index.js';
