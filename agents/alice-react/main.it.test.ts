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

function environmentOf({ environment }: Company) {
  return { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: new URL(environment.CRM_URL).origin };
}

const search = () => calls(['search_contacts', { query: 'Lee' }]);

describe('node agents/alice-react/main.ts', () => {
  it('answers, and has sent its spans as OTLP protobuf before it ends', async () => {
    company = await openCompany(
      ({ path }) => (path === '/v1/traces' ? { status: 200 } : { status: 200, body: { contacts: [] } }),
      (call) => (call === 1 ? search() : says('Lee is not in the CRM.')),
    );
    expect(await main(['Look', 'up', 'Lee.'], environmentOf(company))).toEqual({
      code: 0,
      out: 'Lee is not in the CRM.\n',
      err: '',
    });
    const exports = company.seen.filter(({ path }) => path === '/v1/traces');
    expect(exports.map(({ headers }) => headers['content-type'])).toEqual(['application/x-protobuf']);
    for (const name of ['invoke_agent alice-react', 'chat gpt-test', 'execute_tool search_contacts'])
      expect(exports[0]?.body).toContain(name);
  });

  it('says so when it stops at its limit, and when it cannot start', async () => {
    company = await openCompany(() => ({ status: 200 }), search);
    const environment = environmentOf(company);
    const limited = await main(['Look up Lee.'], { ...environment, ALICE_RECURSION_LIMIT: '2' });
    expect(limited).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/cut short/) });
    const { OPENAI_MODEL: _, ...incomplete } = environment;
    expect(await main(['Look up Lee.'], incomplete)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/cannot start: OPENAI_MODEL/),
    });
    expect(await main([], environment)).toMatchObject({ code: 2, err: expect.stringMatching(/^usage: /) });
  });
});
