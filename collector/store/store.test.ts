import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequestInterceptor } from '@mswjs/interceptors/http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from './store.ts';

/** Answers as ClickHouse does a ping, each request after the others have come. */
const server = createServer((_, response) => setTimeout(() => response.end('Ok.\n'), 20));
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('asks over a connection that stands, whatever rehearsals come and go in this process', async () => {
  const store = openStore({ url, database: 'default' });
  const pings = (count: number) => Promise.all(Array.from({ length: count }, () => store.ping()));
  const answers: boolean[] = [];
  for (const connections of [2, 4, 6]) {
    const rehearsal = new HttpRequestInterceptor();
    rehearsal.apply();
    answers.push(...(await pings(connections)));
    rehearsal.dispose();
    answers.push(...(await pings(connections + 1)));
  }
  expect(answers.filter((answered) => !answered)).toEqual([]);
  await store.close();
});
