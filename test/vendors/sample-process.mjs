import { request } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';

/*
 * Runs a program of the documents as it is printed. What it sends to a vendor's host goes to the simulator instead, as a name server
 * and a TLS proxy would have it; nothing else of it is touched. Its exports are called by message.
 */

const [sample, simulator, globals] = process.argv.slice(2);

globalThis.fetch = (input, { method, headers, body, signal } = {}) =>
  new Promise((resolve, reject) => {
    const { host, pathname, search } = new URL(input);
    const sent = request({ host: '127.0.0.1', port: simulator, method, path: pathname + search, headers: { ...headers, host }, signal }, async (answer) => {
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
const told = [];
const page = globals && JSON.parse(globals);
if (page) {
  // What a program for a page finds there, as far as it is used.
  const storage = new Map(page.storage);
  const sessionStorage = { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value), removeItem: (key) => storage.delete(key) };
  const location = { href: page.address, assign: (address) => told.push({ left: address }) };
  const history = { state: null, replaceState: (_state, _title, address) => (location.href = address) };
  Object.assign(globalThis, { sessionStorage, location, history, sendToYourBackend: (tokens) => told.push({ tokens }), ...page.variables });
  told.storage = () => [...storage];
}

const module = await import(sample);
process.on('message', async ({ call, args }) => process.send({ value: await call.split('.').reduce((object, name) => object[name], module)(...args) }));
if (module.handler) {
  const server = createAdaptorServer({ fetch: module.handler.fetch });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
} else {
  process.send({ told: [...told], storage: told.storage?.() });
}
