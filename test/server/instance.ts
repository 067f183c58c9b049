import { appendFileSync } from 'node:fs';
import { createAdaptorServer } from '@hono/node-server';
import { createClient } from 'redis';
import { createDirectoryEvidenceStore, createHandler, createRedisSessionStore, inspectEvidence } from '../../src/server/index.js';

/*
 * One instance of a backend, as a process that a test can kill: Redis for the sessions, a folder that all instances share,
 * a vendor that takes its time and notes in a file whom it was asked about. In another file is what it had in hand: the
 * submissions it was about to take, and those it saved a verdict for.
 */

const [redisUrl = '', directory = '', decisions = '', log = '', port = '0', vendorMs = '50'] = process.argv.slice(2);
const client = createClient({ url: redisUrl, socket: { reconnectStrategy: 50 } });
client.on('error', () => undefined);
await client.connect();

const note = (event: string, session: string): void => appendFileSync(log, `${process.pid} ${event} ${session}\n`);
const store = createRedisSessionStore({ client });
const handler = createHandler({
  basePath: '/api/face',
  sessions: {
    ...store,
    claimSubmission(sessionId, ...rest) {
      // Before, for it may be killed between Redis's answer and its own next step.
      note('claiming', sessionId.slice(0, 8));
      return store.claimSubmission(sessionId, ...rest);
    },
  },
  evidence: createDirectoryEvidenceStore({ directory }),
  inspect: inspectEvidence,
  // A busy machine is no vendor that fails.
  vendorDeadlineMs: 5000,
  log({ event, session = '' }) {
    if (event === 'verdict') note(event, session);
  },
  // One recording serves many sessions here.
  replayRetentionMs: 0,
  vendor: {
    async decide({ session, evidence }) {
      appendFileSync(decisions, `${session.sessionId} ${evidence.bytes.length}\n`);
      await new Promise((resolve) => setTimeout(resolve, Number(vendorMs)));
      return { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } };
    },
  },
});
const server = createAdaptorServer({ fetch: handler.fetch });
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
// An answer that is decided has yet to be written.
process.once('SIGTERM', () => void handler.close().then((ended) => server.close(() => process.exit(ended === 'drained' ? 0 : 1))));
