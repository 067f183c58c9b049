/** Builds nodes without a string of HTML anywhere, so that no text can become markup and no inline style appears. */

type Attributes = Readonly<Record<string, string>>;

/** An HTML element with attributes and children; text becomes text nodes. */
export function html<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: readonly Node[]): SVGElementTagNameMap[Name] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill<Target extends Element>(target: Target, attributes: Attributes, children: readonly (Node | string)[]): Target {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  target.append(...children);
  return target;
}

/** A `<button type="button">` that calls back, and has the focus from then on, which Safari does not give to one that is clicked. */
export function button(attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const node = html('button', { type: 'button', ...attributes });
  node.addEventListener('click', () => {
    node.focus({ preventScroll: true });
    onClick();
  });
  return node;
}

/** Writes text only where it differs: a screen reader reads a live region again whenever it is written to. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Writes an attribute only where it differs. */
export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Shows or hides. */
export function show(node: HTMLElement, visible: boolean): void {
  if (node.hidden === visible) node.hidden = !visible;
}
