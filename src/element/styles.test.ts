// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFrame } from './views/frame.js';
import { adoptStyles, css } from './styles.js';

const shadow = () => document.createElement('div').attachShadow({ mode: 'open' });

afterEach(() => vi.unstubAllGlobals());

describe('styles', () => {
  it('load nothing and need nothing newer than Safari 14', () => {
    expect(css).not.toMatch(/url\(|@import|data:|[{;]inset:|[{;]aspect-ratio:|@container|:has\(|light-dark\(/);
  });

  it('name only classes and ids that exist', () => {
    const nothing = () => undefined;
    const { element } = createFrame({ onAgree: nothing, onRefuse: nothing, onTap: nothing, onCamera: () => undefined, onFile: () => undefined, onLight: nothing, onCancel: nothing, onAction: nothing });
    const named = new Set([...css.matchAll(/\.([a-z]+)(?=[\s,.:{[])/g)].map(([, name]) => name));
    const present = new Set([...element.querySelectorAll('*'), element].flatMap((node) => [...node.classList]));
    expect([...named].filter((name) => !present.has(name ?? ''))).toEqual([]);
  });

  it('are one constructed sheet where there is such a thing', () => {
    class Sheet {
      text = '';
      replaceSync(text: string): void {
        this.text = text;
      }
    }
    vi.stubGlobal('CSSStyleSheet', Sheet);
    const root = Object.assign(shadow(), { adoptedStyleSheets: [] });
    adoptStyles(root, '/');
    adoptStyles(root, '/');
    expect(root.adoptedStyleSheets).toEqual([expect.objectContaining({ text: css })]);
    expect(root.querySelector('link, style')).toBeNull();
  });

  it.each([['/lib', '/lib/assets/face-verify.css'], ['/lib/', '/lib/assets/face-verify.css'], ['', '/assets/face-verify.css']])('are the file of %j elsewhere', (base, href) => {
    const root = shadow();
    adoptStyles(root, base);
    adoptStyles(root, base);
    expect([...root.querySelectorAll('link')].map((link) => [link.rel, link.getAttribute('href')])).toEqual([['stylesheet', href]]);
    expect(root.querySelector('style')).toBeNull();
  });
});
