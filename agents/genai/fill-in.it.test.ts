import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calls, openCompany, type Seen, says } from './example-company.ts';
import { fillIn } from './fill-in.ts';

type Company = Awaited<ReturnType<typeof openCompany>>;
let company: Company | undefined;
afterEach(() => company?.close());

const form = {
  name: 'judge',
  description: 'Says what it is.',
  schema: z.object({ verdict: z.enum(['yes', 'no']) }),
};

function ask({ environment }: Company) {
  const openai = new OpenAI({ apiKey: 'test', baseURL: environment.OPENAI_BASE_URL });
  const conversation = { id: 'c', agent: { name: 'test', version: '1' } };
  const deps = { openai, model: 'gpt-test', conversation, signal: new AbortController().signal };
  return fillIn(deps, form, 'You judge.', 'Is it so?');
}

const bodies = ({ seen }: Company) =>
  seen.map(({ body }: Seen) => body as { messages: object[]; tools: object[] });

describe('a form', () => {
  it('is filled in by the arguments of its function, which the model is told of', async () => {
    company = await openCompany(
      () => null,
      () => calls(['judge', { verdict: 'yes' }]),
    );
    expect(await ask(company)).toEqual({ verdict: 'yes' });
    expect(bodies(company)[0]?.tools).toMatchObject([
      { function: { name: 'judge', parameters: { required: ['verdict'] } } },
    ]);
  });

  it('is asked for once more where the answer does not fit, with what is wrong', async () => {
    company = await openCompany(
      () => null,
      (call) => calls(['judge', { verdict: call === 1 ? 'perhaps' : 'no' }]),
    );
    expect(await ask(company)).toEqual({ verdict: 'no' });
    expect(JSON.stringify(bodies(company)[1]?.messages)).toContain('Answer by calling judge');
    expect(bodies(company)).toHaveLength(2);
  });

  it('is given up after the second answer that does not fit', async () => {
    company = await openCompany(
      () => null,
      () => says('I would rather not.'),
    );
    await expect(ask(company)).rejects.toThrow(/did not answer with judge/);
    expect(bodies(company)).toHaveLength(2);
  });
});
