export const name = 'desk-agent';
export const version = '1.0.0';
export function startTelemetry() {}
export async function flush() {}

type Environment = Record<string, string>;
type Ticket = { id: string; text: string; status: string };

/** Answers questions in the words of the model, and hands over what is about money. */
export async function run(_request: unknown, environment: Environment, signal: AbortSignal) {
  const send = async (method: string, url: string, body: object) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${environment.OPENAI_API_KEY}`,
    };
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body), signal });
    return await answer.json();
  };
  const list = await fetch(`${environment.DESK_URL}/tickets`, { signal });
  const { tickets }: { tickets: Ticket[] } = await list.json();
  for (const { id, text } of tickets.filter(({ status }) => status === 'open')) {
    if (/money|charged/i.test(text)) {
      await send('PATCH', `${environment.DESK_URL}/tickets/${id}`, { status: 'with-a-person' });
      continue;
    }
    const { choices } = await send('POST', `${environment.OPENAI_BASE_URL}/chat/completions`, {
      model: environment.OPENAI_MODEL,
      messages: [{ role: 'user', content: text }],
    });
    await send('POST', `${environment.DESK_URL}/tickets/${id}/replies`, { text: choices[0].message.content });
  }
  return { said: ['All tickets are seen to.'], finished: true };
}
