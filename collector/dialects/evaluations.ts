import type { Evaluation } from '../../domain/evaluation.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { type AnyValue, attributeMap, type KeyValue } from '../otlp/any-value.ts';
import { isObject } from './embedded-json.ts';
import { indexedList } from './indexed-keys.ts';
import { type ContentEvent, namedEvent } from './message-events.ts';
import { numberOf } from './plain-number.ts';

/**
 * What evaluators said of a span: events and log records `gen_ai.evaluation.result` of the OpenTelemetry conventions, and
 * the attributes `annotations.N.annotation.*` and `evaluations.N.evaluation.*` of OpenInference. A judgement without a name,
 * or that says nothing, is none.
 *
 * @param events of the span first, then log records that name it
 */
export function evaluationsOf(
  attributes: readonly KeyValue[],
  events: readonly ContentEvent[],
): Evaluation[] {
  const own = attributeMap(attributes);
  return [
    ...SUBJECTS.flatMap((subject) => annotated(own, subject)),
    ...events.map(namedEvent).flatMap(({ name, fields }) => (name === RESULT ? told(fields) : [])),
  ];
}

const RESULT = 'gen_ai.evaluation.result';
const SUBJECTS = ['span', 'trace', 'session'] as const;

function told(fields: JsonObject): Evaluation[] {
  return judgement('span', {
    name: fields['gen_ai.evaluation.name'],
    score: fields['gen_ai.evaluation.score.value'],
    label: fields['gen_ai.evaluation.score.label'],
    explanation: fields['gen_ai.evaluation.explanation'],
    errorType: fields['error.type'],
  });
}

function annotated(attributes: ReadonlyMap<string, AnyValue>, subject: Evaluation['subject']): Evaluation[] {
  const prefix = subject === 'span' ? '' : `${subject}.`;
  return (['annotation', 'evaluation'] as const).flatMap((member) =>
    (indexedList(attributes, `${prefix}${member}s.`) ?? []).flatMap((item) => {
      const said = isObject(item) ? item[member] : null;
      return isObject(said) ? judgement(subject, { ...said, evaluator: said.annotator_kind }) : [];
    }),
  );
}

function judgement(
  subject: Evaluation['subject'],
  said: { [field: string]: Json | undefined },
): Evaluation[] {
  const name = textOf(said.name);
  const found = {
    score: numberOf(said.score ?? null),
    label: textOf(said.label),
    explanation: textOf(said.explanation),
    errorType: textOf(said.errorType),
  };
  if (name === null || Object.values(found).every((value) => value === null)) return [];
  return [{ name, ...found, evaluator: EVALUATOR_OF.get(textOf(said.evaluator) ?? '') ?? null, subject }];
}

const EVALUATOR_OF: ReadonlyMap<string, Evaluation['evaluator']> = new Map([
  ['LLM', 'model'],
  ['HUMAN', 'person'],
  ['CODE', 'program'],
]);

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
