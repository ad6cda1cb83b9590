import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { type StoreOptions, withStore } from '../store-access.ts';
import { mcpServer } from './mcp-server.ts';

/** Serves a coding agent over standard input and output until either side ends it. */
export function mcp({ signal, ...options }: StoreOptions & { signal: AbortSignal }): Promise<number> {
  return withStore(options, async ({ url, key }) => {
    const server = mcpServer(url, key ?? undefined);
    const closed = once(process.stdin, 'end');
    await server.connect(new StdioServerTransport());
    console.error(`rehearse: tools over ${url}, on standard input and output`);
    await Promise.race([closed, once(signal, 'abort')]);
    await server.close();
    return 0;
  });
}
