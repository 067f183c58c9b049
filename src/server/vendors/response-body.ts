/** A body that was JSON, or why it was not. */
export type ReadBody = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly reason: 'too-large' | 'malformed'; readonly detail: string };

/**
 * Reads a JSON body no further than its limit. What the vendor's server calls it is not asked: several answer JSON as
 * `text/html`. Rejects where the connection breaks.
 */
export async function readJsonBody(response: Response, maxBytes: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      return { ok: false, reason: 'too-large', detail: `the answer is larger than ${maxBytes} bytes` };
    }
    chunks.push(value);
  }
  try {
    return { ok: true, body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(joined(chunks, bytes))) as unknown };
  } catch {
    return { ok: false, reason: 'malformed', detail: 'the answer is not JSON in UTF-8' };
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
