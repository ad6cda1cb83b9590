import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type Api, textOf } from './api.ts';
import { quoted } from './quoted.ts';

const readOnly = { readOnlyHint: true, openWorldHint: false };

/** Tools that ask in SQL. */
export function addSqlTools(server: McpServer, api: Api): void {
  server.registerTool(
    'query',
    {
      description:
        'Read-only ClickHouse SQL over spans, payloads, logs, metrics, runs and trials: see get_schema.',
      inputSchema: z.object({
        sql: z.string().min(1).max(20_000),
        limit: z.int().min(1).max(500).default(100),
      }),
      annotations: readOnly,
    },
    async ({ sql, limit }, { mcpReq }) => {
      // One more than is shown tells whether there are more.
      const json = { sql, format: 'json' as const, limit: limit + 1 };
      const text = await textOf(api.query.$post({ json }, { init: { signal: mcpReq.signal } }));
      const lines = text.split('\n').filter((line) => line !== '');
      const rows = lines.slice(0, limit).map((line): unknown => JSON.parse(line));
      const all = lines.length <= limit;
      const words = all ? 'Rows.' : `Rows; there are more than ${limit}.`;
      return quoted(words, rows, { shown: rows.length, total: all ? rows.length : null, next: null });
    },
  );

  server.registerTool(
    'get_schema',
    {
      description: 'The tables and columns that SQL may ask for, with examples.',
      inputSchema: z.object({}),
      annotations: readOnly,
    },
    async () => {
      const manifest = findPackageJSON(import.meta.url) ?? '';
      const page = await readFile(join(manifest, '../docs/reference/sql.md'), 'utf8');
      return { content: [{ type: 'text', text: page }] };
    },
  );
}
