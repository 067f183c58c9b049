import { AUTOMATED, type Rule, type SignalAbout } from './rule.js';

/**
 * BotD's detectors that honest browsers are known to set off: without plugins when the PDF viewer is switched off, Samsung Internet
 * by its answers for notifications, pages by globals of their own (`emit`, `spawn`).
 */
const DOUBTFUL = /Plugins|Notification|Distinctive/;

export const about: SignalAbout = {
  fires: "One of BotD's detectors fires, or the browser says itself that a driver controls it. Weight 0.4 where only plugins, notifications or the names of globals speak for it.",
  limits: 'Accessibility and test tools drive browsers too, and apps made with Electron count as driven. A driver with a patched browser is not seen.',
};

/** A script drives the browser. */
export const automatedBrowser: Rule = {
  weight: 0.9,
  tags: AUTOMATED,
  sentence: 'A script drives the browser.',
  fires(fact) {
    const { bot, detections = [], webdriver } = fact('automation') ?? {};
    return webdriver || detections.some((name) => !DOUBTFUL.test(name)) || (bot && 0.4);
  },
};
