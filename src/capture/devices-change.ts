import type { Unsubscribe } from '../platform/port.js';

/** Calls back whenever a camera or another device has come or gone; never where the browser does not tell. */
export function onDevicesChange(devices: MediaDevices | undefined, listener: () => void): Unsubscribe {
  // Absent before iOS 11 and in the WebViews of some apps.
  if (typeof devices?.addEventListener !== 'function') return () => undefined;
  devices.addEventListener('devicechange', listener);
  return () => devices.removeEventListener('devicechange', listener);
}
