/** An element with its properties, its `aria-` attributes and its children. Text becomes text nodes, so that nothing a vendor wrote is ever markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> & { readonly aria?: Readonly<Record<string, string>> } = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const { aria = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries<string>(aria)) made.setAttribute(`aria-${name}`, value);
  made.append(...children);
  return made;
}
