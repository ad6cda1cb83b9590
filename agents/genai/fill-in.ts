import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { type ChatDeps, chat } from './chat.ts';
import { parseJson } from './json.ts';

/** What the model is to answer with, as the arguments of a function. */
export type Form<Schema extends z.ZodObject> = { name: string; description: string; schema: Schema };

const ATTEMPTS = 2;

/**
 * Asks the model to answer by filling in a form. An answer of another shape is told to it, once.
 *
 * @throws Error where the second answer does not fit either, and what `chat` throws
 */
export async function fillIn<Schema extends z.ZodObject>(
  deps: Omit<ChatDeps, 'tools'>,
  { name, description, schema }: Form<Schema>,
  systemPrompt: string,
  text: string,
): Promise<z.output<Schema>> {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' });
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: text }];
  let problem = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const choice = await chat(
      { ...deps, tools: [{ name, description, parameters }] },
      systemPrompt,
      messages,
    );
    const filled = schema.safeParse(parseJson(argumentsOf(choice, name) ?? 'null'));
    if (filled.success) return filled.data;
    problem = z.prettifyError(filled.error);
    messages.push(
      { role: 'assistant', content: choice.message.content ?? '' },
      { role: 'user', content: `Answer by calling ${name} with arguments of its schema. ${problem}` },
    );
  }
  throw new Error(`the model did not answer with ${name}: ${problem}`);
}

function argumentsOf({ message }: ChatCompletion.Choice, name: string): string | undefined {
  const call = message.tool_calls?.find((one) => one.type === 'function' && one.function.name === name);
  return call?.type === 'function' ? call.function.arguments : undefined;
}
