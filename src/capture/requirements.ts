import type { ClientCode } from '../codes/client-codes.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform, PolicyFeature } from '../platform/port.js';

/** Something without which `getUserMedia` cannot even be asked. */
export interface DeviceRequirement {
  readonly id: 'secure-context' | 'permissions-policy' | 'media-devices';
  /** The failure where it is not met. */
  readonly codeOn: (platform: MediaPlatform) => ClientCode;
  readonly isMet: (platform: MediaPlatform) => boolean;
  /** For the developer: what is missing and what to do. */
  readonly remedy: string;
}

/** What a browser is that has no camera for pages: inside another app the person can do something about it. */
export function unsupportedCode(platform: Pick<MediaPlatform, 'userAgent'>): 'in-app-browser' | 'unsupported-browser' {
  return identifyInAppBrowser(platform.userAgent()) ? 'in-app-browser' : 'unsupported-browser';
}

/** In this order: an insecure page has no `mediaDevices` either, and the first is the cause to name. */
export function requirementsOf(device: PolicyFeature): readonly DeviceRequirement[] {
  return [
    {
      id: 'secure-context',
      codeOn: () => 'insecure-context',
      isMet: (platform) => platform.isSecureContext(),
      remedy: 'the page is not a secure context: serve it over https (or from localhost)',
    },
    {
      id: 'permissions-policy',
      codeOn: () => 'permissions-policy',
      isMet: (platform) => platform.allowsFeature(device) !== false,
      remedy: `the permissions policy forbids the ${device}: give the iframe allow="${device}" and check the Permissions-Policy header`,
    },
    {
      id: 'media-devices',
      codeOn: unsupportedCode,
      isMet: (platform) => typeof platform.mediaDevices()?.getUserMedia === 'function',
      remedy: 'the browser has no getUserMedia (an in-app browser, or iOS before 14.3 outside Safari)',
    },
  ];
}
