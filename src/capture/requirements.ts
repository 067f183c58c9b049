import type { ClientCode } from '../codes/client-codes.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform, PolicyFeature } from '../platform/port.js';

/** Something without which `getUserMedia` cannot even be asked. */
export interface DeviceRequirement {
  readonly id: 'secure-context' | 'permissions-policy' | 'media-devices';
  /** The failure where it is not met. */
  readonly code: ClientCode;
  readonly isMet: (platform: MediaPlatform) => boolean;
  /** For the developer: what is missing and what to do. */
  readonly remedy: string;
}

/** What a browser is that has no camera for pages: inside another app the person can do something about it. */
export function unsupportedCode(platform: Pick<MediaPlatform, 'userAgent'>): 'in-app-browser' | 'unsupported-browser' {
  return identifyInAppBrowser(platform.userAgent()) ? 'in-app-browser' : 'unsupported-browser';
}

/** In this order: an insecure page has no `mediaDevices` either, and the first is the cause to name. */
export function requirementsOf(device: PolicyFeature, platform: Pick<MediaPlatform, 'userAgent'>): readonly DeviceRequirement[] {
  return [
    {
      id: 'secure-context',
      code: 'insecure-context',
      isMet: (platform) => platform.isSecureContext(),
      remedy: 'the page is not a secure context: serve it over https (or from localhost)',
    },
    {
      id: 'permissions-policy',
      code: 'permissions-policy',
      isMet: (platform) => platform.allowsFeature(device) !== false,
      remedy: `the permissions policy forbids the ${device}: give the iframe allow="${device}" and check the Permissions-Policy header`,
    },
    {
      id: 'media-devices',
      get code() {
        return unsupportedCode(platform);
      },
      isMet: (platform) => typeof platform.mediaDevices()?.getUserMedia === 'function',
      remedy: 'the browser has no getUserMedia (an in-app browser, or iOS before 14.3 outside Safari)',
    },
  ];
}
