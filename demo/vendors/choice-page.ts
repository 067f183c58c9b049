/** One way an attempt can end. */
export interface Choice {
  readonly id: string;
  /** For the person who tries the demo, in Chinese and English. */
  readonly label: string;
}

/** A page that stands where the vendor's would look at a face: links, one for each way it can end. Without script or style. */
export function choicePage(title: string, choices: readonly Choice[], hrefOf: (id: string) => string): Response {
  const items = choices.map(({ id, label }) => `<li><a id="${id}" href="${escape(hrefOf(id))}">${escape(label)}</a></li>`).join('');
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><h1>${escape(title)}</h1><p>模拟的厂商页面：选择核身如何结束。 <span lang="en">A simulated vendor’s page: choose how the check ends.</span></p><ul>${items}</ul></html>`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'", 'referrer-policy': 'no-referrer' } });
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
