import type { Micros } from '../../domain/units.ts';
import { readChatRequest } from './chat-request.ts';
import { completionBody, completionStream, finishReason } from './completion.ts';
import { type SimulatedModel, smallNameOf } from './simulated-model.ts';
import { countTokens } from './token-estimate.ts';

/** A request to the model's host of a world. */
export type ChatCall = {
  model: SimulatedModel;
  method: string;
  path: string;
  /** The request's body. */
  text: string;
  /** Of this completion within the trial, from 1; ids are made from it. */
  number: number;
  /** Completions that the trial may have. */
  limit: number;
  now: Micros;
  random: () => number;
};

type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

export type ChatAnswer =
  | (HttpAnswer & {
      kind: 'completion';
      /** The name that was asked for: the model's own, or that of its small sibling. */
      model: string;
      usage: { input: number; output: number };
      finishReason: string;
    })
  /** Refused: the trial has had all its completions. */
  | (HttpAnswer & { kind: 'limit' })
  /** The list of models, or an error of the caller. */
  | (HttpAnswer & { kind: 'other' });

/**
 * Answers as OpenAI's API does: `POST /v1/chat/completions`, streamed or whole, and `GET /v1/models`. What the model
 * throws is passed on: that is the world's own defect.
 */
export function answerChat(call: ChatCall): ChatAnswer {
  const { model } = call;
  const names = [model.name, smallNameOf(model.name)];
  if (call.path === '/v1/models' && call.method === 'GET') {
    const list = {
      object: 'list',
      data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'rehearse' })),
    };
    return { kind: 'other', ...json(200, list) };
  }
  if (call.path !== '/v1/chat/completions') {
    return refuse(404, `Unknown request URL: ${call.method} ${call.path}.`, 'unknown_url');
  }
  if (call.method !== 'POST')
    return refuse(405, `Not allowed to ${call.method} on ${call.path}.`, 'method_not_allowed');
  const read = readChatRequest(call.text);
  if ('problem' in read) return refuse(400, read.problem, null, read.param);
  if (!names.includes(read.model)) {
    const message = `The model \`${read.model}\` does not exist; this world simulates \`${model.name}\`.`;
    return refuse(404, message, 'model_not_found', 'model');
  }
  if (call.number > call.limit) {
    const refusal = refuse(
      429,
      `The trial's limit of ${call.limit} model calls is reached.`,
      'model_call_limit',
    );
    // The client would wait and try again; the limit does not go away.
    return { ...refusal, kind: 'limit', headers: { ...refusal.headers, 'x-should-retry': 'false' } };
  }

  const move = model.move(read.request, call.random);
  const usage = countTokens(read, move);
  const completion = {
    number: call.number,
    created: Math.floor(call.now / 1e6),
    model: read.model,
    move,
    usage,
  };
  const answer = {
    kind: 'completion' as const,
    model: read.model,
    usage,
    finishReason: finishReason(move),
  };
  if (!read.stream) return { ...answer, ...json(200, completionBody(completion)) };
  return {
    ...answer,
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: completionStream(completion, read.includeUsage),
  };
}

function json(status: number, body: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function refuse(
  status: number,
  message: string,
  code: string | null,
  param: string | null = null,
): HttpAnswer & { kind: 'other' } {
  const type = status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  return { kind: 'other', ...json(status, { error: { message, type, param, code } }) };
}
