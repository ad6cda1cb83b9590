import type { Turn } from '../../domain/trial.ts';
import type { User } from '../../domain/user.ts';
import type { ModelLine } from '../model/real-model.ts';

type Persona = Pick<Extract<User, { kind: 'model' }>, 'persona' | 'goal'>;

/** Says what a person would say next, given all that was said; `null`: nothing more. Rejects where it cannot. */
export type Speaker = (
  persona: Persona,
  turns: readonly Turn[],
  signal: AbortSignal,
) => Promise<string | null>;

const goodbye = '[goodbye]';

/** A user played by a model. Its calls are no calls of the agent: they count towards no limit and no budget. */
export function modelSpeaker(line: ModelLine): Speaker {
  return async (persona, turns, signal) => {
    const openai = await openClient(line);
    const messages = [
      { role: 'system' as const, content: instructions(persona) },
      ...turns.map(({ from, text }) => ({
        role: from === 'user' ? ('assistant' as const) : ('user' as const),
        content: text,
      })),
    ];
    const answer = await openai.chat.completions.create({ model: line.name, messages }, { signal });
    const text = answer.choices[0]?.message.content?.trim() ?? '';
    if (text === '') throw new Error(`expected a message of ${line.name}, got none`);
    const said = text.replaceAll(goodbye, '').trim();
    return text.includes(goodbye) || said === '' ? null : said;
  };
}

function instructions({ persona, goal }: Persona): string {
  return [
    'You play a person who talks to an assistant. You are not the assistant: say only what this person would say.',
    `Who you are: ${persona}`,
    `What you want: ${goal}`,
    'Write one short message at a time, in the words of this person. Tell what you know only when it is asked for, and make up nothing beyond it.',
    `When you have what you want, or see that you will not get it, answer with ${goodbye} and nothing else.`,
  ].join('\n');
}

/** The package is large, and few scenarios have such a user: it is loaded when the first of them speaks. */
async function openClient(line: ModelLine) {
  const { default: OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: 'http://user.rehearse.test/v1',
    apiKey: 'kept-by-rehearse',
    fetch: (url, init) => askBy(line, new Request(url, init)),
  });
}

/** Puts the line where the openai package expects the network. */
async function askBy(line: ModelLine, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers } = request;
  const path = pathname.replace(/^\/v1/, '');
  const answer = await line.ask({ method, path, search, headers, text: await request.text() });
  switch (answer.kind) {
    case 'miss':
      throw new Error(answer.explanation);
    case 'replay':
      return new Response(answer.chunks.map(({ text }) => text).join(''), answer);
    case 'live': {
      const live = await answer.call(request.signal);
      let text = '';
      for await (const chunk of live.chunks) text += chunk.text;
      return new Response(text, live);
    }
  }
}
