const NAMESPACE = 'http://www.w3.org/2000/svg';

/** An SVG element with its attributes and children. Classes carry the looks, so that no style is written into the page. */
export function svg<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string | number>> = {}, ...children: readonly (Node | string)[]): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** A straight map from one stretch of numbers to another. */
export function scale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * factor;
}
