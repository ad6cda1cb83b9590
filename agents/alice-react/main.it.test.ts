import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { calls, openCompany, says } from '../genai/example-company.ts';

type Company = Awaited<ReturnType<typeof openCompany>>;
let company: Company | undefined;
afterEach(() => company?.close());

/** Runs the program as a person would. */
function main(args: string[], environment: Record<string, string>) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    execFile(
      process.execPath,
      [resolve(import.meta.dirname, 'main.ts'), ...args],
      { env },
      (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });
}

describe('node agents/alice-react/main.ts', () => {
  it('answers, and has sent its spans as OTLP protobuf before it ends', async () => {
    company = await openCompany(
      ({ path }) => (path === '/v1/traces' ? { status: 200 } : { status: 200, body: { contacts: [] } }),
      (call) => (call === 1 ? calls(['search_contacts', { query: 'Lee' }]) : says('Lee is not in the CRM.')),
    );
    const { environment } = company;
    const OTEL_EXPORTER_OTLP_ENDPOINT = new URL(environment.CRM_URL).origin;
    expect(await main(['Look', 'up', 'Lee.'], { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT })).toEqual({
      code: 0,
      out: 'Lee is not in the CRM.\n',
      err: '',
    });
    const exports = company.seen.filter(({ path }) => path === '/v1/traces');
    expect(exports.map(({ headers }) => headers['content-type'])).toEqual(['application/x-protobuf']);
    for (const name of ['invoke_agent alice-react', 'chat gpt-test', 'execute_tool search_contacts'])
      expect(exports[0]?.body).toContain(name);
  });
});
