/** What `dist/facefront.min.js` puts under the global `Facefront`. */
export * from './index.js';
