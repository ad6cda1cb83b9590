import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Agent } from './agent.ts';
import { AgentAnswer, describeIssue, mostAnswerBytes, quote } from './agent-answer.ts';

/** The agent's server did not do its part; the message says what came instead of an answer. */
class AgentOverHttp extends Error {
  override readonly name = 'agent over HTTP';
}

/**
 * Drives an agent that is a server: each message of the user is a POST of `{ message, conversationId, environment }` to
 * `url`, answered 200 with `{ said: string[], finished: boolean }`. The trial's ids go out as W3C baggage. Whatever else
 * comes, or does not come, counts as a crash with its reason; silence ends at the wall limit of the trial.
 */
export function httpAgent(options: { url: string; name: string; version: string }): Agent {
  const url = new URL(options.url);
  return {
    name: options.name,
    version: options.version,
    async run(request, { OTEL_RESOURCE_ATTRIBUTES: ids, ...environment }, signal) {
      // A server's resource is that of all trials: the ids are for its spans.
      const headers = { 'content-type': 'application/json', ...(ids && { baggage: ids }) };
      const response = await post(url, headers, JSON.stringify({ ...request, environment }), signal);
      const text = await readAnswer(response, signal);
      if (response.statusCode !== 200)
        throw new AgentOverHttp(
          `expected 200, got ${response.statusCode} ${response.statusMessage}: ${quote(text)}`,
        );
      return parseAnswer(text);
    },
    async flush() {},
  };
}

/** Without the time limits of `fetch`: a trial has its own. */
function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal })
      .on('response', resolve)
      .on('error', (cause) => {
        const reason = new AgentOverHttp(`no answer from ${url.origin}: ${cause.message}`, { cause });
        reject(signal.aborted ? signal.reason : reason);
      })
      .end(body);
  });
}

async function readAnswer(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostAnswerBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AgentOverHttp(`the answer broke off after ${bytes} bytes: ${reason}`, { cause });
  }
  if (bytes > mostAnswerBytes)
    throw new AgentOverHttp(`expected an answer of at most ${mostAnswerBytes} bytes, got more`);
  return Buffer.concat(chunks).toString('utf8');
}

function parseAnswer(text: string): AgentAnswer {
  const expected = 'expected { "said": string[], "finished": boolean }';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AgentOverHttp(`${expected}, got what is no JSON: ${quote(text)}`);
  }
  const answer = AgentAnswer.safeParse(value);
  if (answer.success) return answer.data;
  throw new AgentOverHttp(`${expected}, got ${quote(text)}: ${describeIssue(answer.error)}`);
}
