import { html } from './nodes.js';

/**
 * How `<face-verify>` looks. Custom properties, to be set on the element: `--face-verify-surface`, `-text`, `-muted`, `-line`,
 * `-accent`, `-on-accent`, `-good`, `-attention`, `-bad`, `-radius`, `-font`. Parts: `frame`, `header`, `title`, `cancel`,
 * `icon`, `message`, `hint`, `consent`, `stage`, `video`, `oval`, `recording`, `cameras`, `camera`, `steps`, `digits`, `digit`, `meter`, `glow`,
 * `upload`, `download`, `reasons`, `file`, `buttons`, and `button` together with `agree`, `refuse`, `go`, `other`, `open`, `tap`, `start`, `retry`, `again`,
 * `done` or `close`.
 *
 * Written for browsers back to Safari 14: no `inset`, no `aspect-ratio`, no container queries.
 */
export const css = `
:host{display:block;color-scheme:light;
--face-verify-surface:#fff;--face-verify-text:#131a26;--face-verify-muted:#596377;--face-verify-line:#dde2ea;
--face-verify-accent:#1554d1;--face-verify-on-accent:#fff;--face-verify-good:#0e7f5b;--face-verify-attention:#a9560a;--face-verify-bad:#bf2a37;
--face-verify-radius:1.25rem;
--face-verify-font:system-ui,-apple-system,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media (prefers-color-scheme:dark){:host(:not([theme=light])){color-scheme:dark;
--face-verify-surface:#141922;--face-verify-text:#f0f3f8;--face-verify-muted:#a3adbd;--face-verify-line:#303949;
--face-verify-accent:#86aeff;--face-verify-on-accent:#0a1733;--face-verify-good:#4cc79a;--face-verify-attention:#eda94f;--face-verify-bad:#ff8d94}}
:host([theme=dark]){color-scheme:dark;
--face-verify-surface:#141922;--face-verify-text:#f0f3f8;--face-verify-muted:#a3adbd;--face-verify-line:#303949;
--face-verify-accent:#86aeff;--face-verify-on-accent:#0a1733;--face-verify-good:#4cc79a;--face-verify-attention:#eda94f;--face-verify-bad:#ff8d94}
:host([hidden]),[hidden]{display:none!important}
*,::before,::after{box-sizing:border-box}
.frame{display:flex;flex-direction:column;max-width:26rem;min-height:36rem;min-height:min(36rem,calc(100vh - 1.5rem));margin:0 auto;padding:.75rem 1.25rem 1.25rem;border:1px solid var(--face-verify-line);border-radius:var(--face-verify-radius);background:var(--face-verify-surface);color:var(--face-verify-text);font:400 1rem/1.5 var(--face-verify-font);text-align:start;overflow-wrap:break-word;-webkit-text-size-adjust:100%}
@media (min-width:28rem){.frame{min-height:min(39rem,calc(100vh - 1.5rem))}}
.frame{scroll-margin-top:.75rem}
.frame:focus{outline:none}
:focus-visible{outline:3px solid var(--face-verify-accent);outline-offset:2px}
.header{display:flex;align-items:center;justify-content:space-between;min-height:2.75rem}
.title{color:var(--face-verify-muted);font-size:.875rem;font-weight:600;letter-spacing:.01em}
.cancel{margin-inline-end:-.75rem;min-height:2.75rem;padding:0 .75rem;border:0;border-radius:.75rem;background:none;color:var(--face-verify-accent);font:inherit;font-weight:600;cursor:pointer}
.sentence{flex:1;display:flex;flex-direction:column;justify-content:center}
[data-phase=consent] .sentence{flex:none}
[data-staged] .sentence{flex:none;min-height:4rem}
.message{margin:0;text-align:center;font-size:1.5rem;font-size:clamp(1.25rem,6.2vw,1.5rem);font-weight:700;line-height:1.3;text-wrap:balance}
.hint{margin:.375rem 0 0;text-align:center;color:var(--face-verify-muted);font-size:.9375rem;text-wrap:balance}
.icon{width:5.5rem;height:5.5rem;margin:.75rem auto 1rem;color:var(--face-verify-accent)}
.icon svg{display:block;width:100%;height:100%;fill:none;stroke:currentColor;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.icon circle{stroke-width:2.5;opacity:.28}
[data-icon=face] circle,[data-icon=light] circle,[data-icon=camera] circle{display:none}
[data-icon=face] svg{stroke-width:2.75}
[data-icon=good]{color:var(--face-verify-good)}
[data-icon=good] circle,[data-icon=attention] circle,[data-icon=bad] circle,[data-icon=waiting] circle{fill:currentColor;fill-opacity:.35}
[data-icon=attention],[data-icon=light]{color:var(--face-verify-attention)}
[data-icon=bad]{color:var(--face-verify-bad)}
[data-icon=neutral],[data-icon=waiting]{color:var(--face-verify-muted)}
[data-icon=busy] svg{animation:turn 1.1s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
.consent{margin:1.25rem 0 0}
.consent p,.consent ::slotted(*){margin:0 0 .875rem}
.consent strong{display:block;font-size:.9375rem;font-weight:600}
.consent span{color:var(--face-verify-muted);font-size:.9375rem}
.buttons{display:grid;gap:.625rem;margin-top:1.25rem}
.button{min-height:3.125rem;padding:.5rem 1rem;border:1px solid var(--face-verify-line);border-radius:.875rem;background:none;color:var(--face-verify-text);font:inherit;font-weight:600;cursor:pointer;touch-action:manipulation}
.primary{border-color:transparent;background:var(--face-verify-accent);color:var(--face-verify-on-accent)}
.open{position:relative;display:flex;align-items:center;justify-content:center;text-align:center}
.open input{position:absolute;top:0;left:0;width:100%;height:100%;opacity:0;font-size:0;cursor:pointer}
.open input:focus-visible+span::after{content:"";position:absolute;top:0;bottom:0;left:0;right:0;border-radius:.875rem;outline:3px solid var(--face-verify-accent);outline-offset:3px}
.reasons{margin:1.25rem 0 0;padding:0 1rem;border:1px solid var(--face-verify-line);border-radius:.875rem;list-style:none}
.reasons li{padding:.75rem 0}
.reasons li+li{border-top:1px solid var(--face-verify-line)}
.frame[data-phase=ended] .hint{font-size:.8125rem;white-space:pre-line;-webkit-user-select:text;user-select:text}
.stage{position:relative;width:100%;max-width:calc((100vh - 15rem)*.8);min-width:11rem;margin:.875rem auto 0;overflow:hidden;border-radius:1.125rem;background:var(--face-verify-line);isolation:isolate}
.stage::before{content:"";display:block;padding-top:125%}
.stage video,.oval{position:absolute;top:0;left:0;width:100%;height:100%}
.stage video{object-fit:cover;transform:scaleX(-1)}
.oval path{fill:none;transition:stroke .25s}
.oval .scrim{fill:var(--face-verify-surface);opacity:.74;transition:none}
.oval .track{stroke:var(--face-verify-line)}
.oval .ring{stroke:var(--face-verify-good);stroke-linecap:butt;transition:stroke-dashoffset .12s linear}
[data-tone=attention] .track{stroke:var(--face-verify-accent)}
[data-tone=attention][data-phase=recording] .track{stroke:var(--face-verify-attention)}
[data-tone=good] .track{stroke:var(--face-verify-good);stroke-opacity:.32}
.ghost{display:none;position:absolute;top:38%;left:35%;width:30%;fill:none;stroke:var(--face-verify-muted);stroke-width:2;stroke-linecap:round;opacity:.6;animation:breathe 1.6s ease-in-out infinite alternate}
[data-phase=preflight] .ghost,[data-phase=session] .ghost,[data-phase=camera] .ghost,[data-phase=reacquiring] .ghost{display:block}
@keyframes breathe{to{opacity:.2}}
[data-phase=paused] video,[data-phase=reacquiring] video{visibility:hidden}
.recording{position:absolute;top:.75rem;left:.75rem;padding:.125rem .625rem .125rem .5rem;border-radius:1rem;background:rgba(12,16,24,.72);color:#fff;font-size:.8125rem;font-weight:600}
.recording::before{content:"";display:inline-block;width:.5rem;height:.5rem;margin-inline-end:.375rem;border-radius:50%;background:#ff5a5f;animation:blink 1s steps(2,jump-none) infinite alternate}
@keyframes blink{to{opacity:.3}}
.arrow{display:none;position:absolute;width:3.25rem;height:3.25rem;fill:none;stroke:var(--face-verify-accent);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
[data-instruction=moveLeft] .arrow,[data-instruction=moveRight] .arrow,[data-instruction=moveUp] .arrow,[data-instruction=moveDown] .arrow,[data-instruction=turnLeft] .arrow,[data-instruction=turnRight] .arrow{display:block}
[data-instruction=moveLeft] .arrow,[data-instruction=turnLeft] .arrow{left:0;top:calc(50% - 1.625rem)}
[data-instruction=moveRight] .arrow,[data-instruction=turnRight] .arrow{right:0;top:calc(50% - 1.625rem);transform:rotate(180deg)}
[data-instruction=moveUp] .arrow{top:0;left:calc(50% - 1.625rem);transform:rotate(90deg)}
[data-instruction=moveDown] .arrow{bottom:0;left:calc(50% - 1.625rem);transform:rotate(-90deg)}
[data-instruction=turnLeft] .arrow path,[data-instruction=turnRight] .arrow path{animation:nudge 1.2s ease-in-out infinite alternate}
@keyframes nudge{from{transform:translateX(2px)}to{transform:translateX(-3px)}}
.gesture{display:none;position:absolute;top:.75rem;right:.75rem;width:3.5rem;height:3.5rem;padding:.375rem;border-radius:1rem;background:rgba(12,16,24,.72);fill:none;stroke:#fff;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.gesture g{display:none}
[data-instruction=blink] .gesture,[data-instruction=openMouth] .gesture,[data-instruction=nod] .gesture{display:block}
[data-instruction=blink] .blink,[data-instruction=openMouth] .openMouth,[data-instruction=nod] .nod{display:inline}
.after{opacity:0;animation:turns 1.6s steps(1) infinite}
.before{animation:turns 1.6s steps(1) -.8s infinite}
@keyframes turns{0%,49%{opacity:0}50%,100%{opacity:1}}
.steps{position:absolute;left:0;right:0;bottom:.375rem;display:flex;justify-content:center;width:max-content;max-width:100%;margin:0 auto;padding:.25rem .375rem;border-radius:1rem;background:rgba(12,16,24,.72)}
.steps span{width:.5rem;height:.5rem;margin:0 .1875rem;border-radius:.25rem;background:#fff;opacity:.35;transition:width .2s,opacity .2s}
.steps [data-step=now]{width:1.25rem;opacity:1}
.steps [data-step=done]{background:#4cc79a;opacity:1}
[data-challenge=action] .sentence{min-height:6rem}
[data-challenge=action] .stage{max-width:calc((100vh - 17rem)*.8)}
[data-challenge=digits] .sentence{min-height:11rem}
[data-challenge=digits] .stage{max-width:calc((100vh - 22rem)*.8)}
[data-challenge=digits] .message{font-size:1.25rem}
.digits{display:flex;flex-direction:column;align-items:center}
.digit{min-height:5rem;font-size:5rem;line-height:1;font-variant-numeric:tabular-nums}
[data-turn='0']{animation:arrive .2s ease-out}
[data-turn='1']{animation:comes .2s ease-out}
@keyframes arrive{from{transform:scale(.6);opacity:0}}
@keyframes comes{from{transform:scale(.6);opacity:0}}
.volume{display:flex;align-items:center;width:11rem;max-width:100%;margin:.25rem 0 .625rem;color:var(--face-verify-muted)}
.volume svg{flex:none;width:1.25rem;height:1.25rem;margin-inline-end:.375rem;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round}
.meter{position:relative;flex:1;height:.5rem;border-radius:.25rem;overflow:hidden;background:var(--face-verify-line)}
.meter i{display:block;height:100%;background:var(--face-verify-accent);transform-origin:left;transition:transform .1s linear}
.meter::after{content:"";position:absolute;top:0;bottom:0;left:50%;width:2px;margin-left:-1px;background:var(--face-verify-surface)}
[data-loud=true] i{background:var(--face-verify-good)}
.glow{position:fixed;top:0;left:0;width:100%;height:100%;z-index:-1;background:var(--glow);forced-color-adjust:none}
[data-lit]{position:relative;z-index:2147483647;border-color:transparent;background:none;--face-verify-text:#fff;--face-verify-muted:#cfd6e2;--face-verify-accent:#fff}
[data-lit] .header,[data-lit] .sentence{padding:0 .75rem;border-radius:.75rem .75rem 0 0;background:#10151e}
[data-lit] .sentence{padding-bottom:.5rem;border-radius:0 0 .75rem .75rem}
[data-lit] .stage{border-radius:0;background:none}
[data-lit] .scrim{fill:var(--glow);opacity:1;forced-color-adjust:none}
[data-lit] .track{stroke:#fff;stroke-opacity:1}
[data-lit] .ring{stroke:#10151e}
[data-lit] .download{visibility:hidden}
.cameras{position:absolute;right:.75rem;bottom:.75rem;width:2.75rem;height:2.75rem;border-radius:50%;background:rgba(12,16,24,.72)}
.cameras:focus-within{outline:3px solid var(--face-verify-accent);outline-offset:2px}
.cameras svg{display:block;width:1.75rem;height:1.75rem;margin:.5rem;fill:none;stroke:#fff;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.cameras select{position:absolute;top:0;left:0;width:100%;height:100%;opacity:0;font-size:1rem;cursor:pointer}
.tap{position:absolute;top:0;left:0;width:100%;height:100%;border:0;background:none;font:inherit;cursor:pointer}
.tap span{display:inline-block;padding:.75rem 1.5rem;border-radius:.875rem;background:var(--face-verify-accent);color:var(--face-verify-on-accent);font-weight:600}
progress{display:block;width:100%;height:.5rem;border:0;border-radius:.25rem;overflow:hidden;-webkit-appearance:none;appearance:none;background:var(--face-verify-line);color:var(--face-verify-accent)}
progress::-webkit-progress-bar{background:var(--face-verify-line)}
progress::-webkit-progress-value{background:var(--face-verify-accent);border-radius:.25rem;transition:width .2s}
progress::-moz-progress-bar{background:var(--face-verify-accent);border-radius:.25rem}
.upload{margin-bottom:2.5rem}
@media (max-height:47rem){[data-phase=consent] .icon{display:none}}
.download{display:flex;align-items:center;min-height:1.25rem;margin-top:auto;padding-top:.875rem;color:var(--face-verify-muted);font-size:.8125rem}
.download progress{flex:1;height:.25rem;min-width:4rem}
.download span{min-width:0;margin-inline-start:.75rem;font-variant-numeric:tabular-nums}
@media (max-width:22rem){.frame{padding-left:1rem;padding-right:1rem}}
@media (orientation:landscape) and (max-height:30rem){
.frame{max-width:44rem}
.stage{grid-area:stage;align-self:start;width:calc((100vh - 3.5rem)*.8);max-width:45vw;margin:0}
.icon{width:4rem;height:4rem;margin:0 auto .5rem}
.buttons{grid-auto-flow:column;grid-auto-columns:1fr}
.upload{margin-bottom:1rem}
[data-challenge] .sentence{min-height:0}
[data-challenge] .stage{max-width:45vw}
[data-lit] .header,[data-lit] .sentence{padding:.375rem .75rem;border-radius:.75rem}
.frame[data-staged]{display:grid;grid-template:"stage header" auto "stage sentence" 1fr "stage download" auto/auto 1fr;column-gap:1.5rem;padding:.75rem 1.25rem}
.header{grid-area:header}.sentence{grid-area:sentence;align-self:center}.download{grid-area:download}}
@media (prefers-reduced-motion:reduce){*,::before{animation:none!important;transition:none!important}}
@media (forced-colors:active){.button,.stage,.frame{border:1px solid ButtonBorder}.oval .ring{stroke:Highlight}.oval .track,.icon svg,.arrow{stroke:CanvasText}.oval .scrim{fill:Canvas}progress::-webkit-progress-value{background:Highlight}}
`;

let sheet: CSSStyleSheet | undefined;

/**
 * Gives a shadow root its styles in a way that `style-src 'self'` allows: a constructed style sheet, shared by all elements of
 * the page; in browsers without one (Safari before 16.4) the same styles as the file `assets/face-verify.css` that the build
 * writes. A `<style>` element would need `'unsafe-inline'` or a nonce. Does nothing the second time.
 */
export function adoptStyles(root: ShadowRoot, assetBase: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } else if (!root.querySelector('link')) {
    const href = `${assetBase.replace(/\/?$/, '/')}assets/face-verify.css`;
    root.prepend(html('link', { rel: 'stylesheet', href }));
  }
}
