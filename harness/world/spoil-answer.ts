import type { Json } from '../../domain/json.ts';
import type { FaultKind } from './faults.ts';
import { replaceAt } from './json-pointer.ts';
import { bodyText, hasBody, type SentReply } from './world-request.ts';

/** An answer as it leaves the world. */
export type SpoiltAnswer = {
  reply: SentReply;
  /** The faults that changed it. */
  by: readonly FaultKind[];
};

/**
 * Lets the faults that change an answer do so, one after another, each on what the one before has left; a body that
 * breaks off does so last, since nothing can be changed in it after that.
 */
export function spoilAnswer(reply: SentReply, faults: readonly FaultKind[]): SpoiltAnswer {
  if (faults.length === 0 || !hasBody(reply)) return { reply, by: [] };
  const isBreak = ({ kind }: FaultKind) => kind === 'malformed';
  const inOrder = [...faults.filter((fault) => !isBreak(fault)), ...faults.filter(isBreak).slice(0, 1)];
  return inOrder.reduce<SpoiltAnswer>(
    (answer, fault) => {
      const spoilt = spoilOnce(answer.reply, fault);
      return spoilt ? { reply: spoilt, by: [...answer.by, fault] } : answer;
    },
    { reply, by: [] },
  );
}

/** `null` where the fault finds nothing to change. */
function spoilOnce(reply: SentReply, fault: FaultKind): SentReply | null {
  switch (fault.kind) {
    case 'false': {
      const body = replaceAt(reply.body, fault.at, fault.value);
      return body === undefined ? null : { ...reply, body };
    }
    case 'cut-page': {
      const lists = listsOf(reply.body).filter((list) => list.length > fault.items);
      return lists.length === 0 ? null : { ...reply, body: cutLists(reply.body, fault.items) };
    }
    case 'malformed':
      return { ...reply, text: firstHalf(reply) };
    default:
      return null;
  }
}

/** An array, or the arrays that are members of an object. */
function listsOf(body: Json): Json[][] {
  if (body === null || typeof body !== 'object') return [];
  return (Array.isArray(body) ? [body] : Object.values(body)).filter(Array.isArray);
}

function cutLists(body: Json, items: number): Json {
  const cut = (value: Json) => (Array.isArray(value) ? value.slice(0, items) : value);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return cut(body);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, cut(value)]));
}

/** Half of a number would be a number again. */
function firstHalf(reply: SentReply): string {
  const text = bodyText(reply);
  return typeof reply.body === 'number' ? '' : text.slice(0, text.length >> 1).toWellFormed();
}
