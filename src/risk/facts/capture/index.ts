/** The facts that need an open camera or a telephone in the hand. Loaded when the first of them is read. */
export { readCapabilities as cameraCapabilities } from './capabilities.js';
export { readDevice as cameraDevice } from './device.js';
export { readFrames as cameraFrames } from './frames.js';
export { readMotion as motion } from './motion.js';
export { readResponse as cameraResponse } from './response.js';
export { readSettings as cameraSettings } from './settings.js';
