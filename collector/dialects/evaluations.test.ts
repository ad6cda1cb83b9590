import { describe, expect, it } from 'vitest';
import { attributes } from '../testing/example-span.ts';
import { evaluationsOf } from './evaluations.ts';

type Values = Parameters<typeof attributes>[0];
const nothing = {
  score: null,
  label: null,
  explanation: null,
  evaluator: null,
  errorType: null,
  subject: 'span',
};

describe('evaluationsOf', () => {
  const ofEvent = (values: Values, name = 'gen_ai.evaluation.result') =>
    evaluationsOf([], [{ name, attributes: attributes(values) }]);

  it('reads the event of the OpenTelemetry conventions', () => {
    const values = {
      'gen_ai.evaluation.name': 'Relevance',
      'gen_ai.evaluation.score.value': 0.25,
      'gen_ai.evaluation.score.label': 'off topic',
      'gen_ai.evaluation.explanation': 'The reply is about the weather.',
    };
    const read = {
      ...nothing,
      name: 'Relevance',
      score: 0.25,
      label: 'off topic',
      explanation: 'The reply is about the weather.',
    };
    expect(ofEvent(values)).toEqual([read]);
    expect(ofEvent({ ...values, 'event.name': 'gen_ai.evaluation.result' }, '')).toEqual([read]);
    expect(ofEvent(values, 'gen_ai.choice')).toEqual([]);
  });

  it('keeps an evaluation that failed, and drops one that says nothing or has no name', () => {
    const failed = { 'gen_ai.evaluation.name': 'Relevance', 'error.type': 'timeout' };
    expect(ofEvent(failed)).toEqual([{ ...nothing, name: 'Relevance', errorType: 'timeout' }]);
    expect(ofEvent({ 'gen_ai.evaluation.name': 'Relevance' })).toEqual([]);
    expect(ofEvent({ 'gen_ai.evaluation.score.value': 1 })).toEqual([]);
  });

  it('reads the annotations and evaluations of OpenInference, of the span, its trace and its session', () => {
    const read = evaluationsOf(
      attributes({
        'annotations.0.annotation.name': 'thumbs',
        'annotations.0.annotation.label': 'up',
        'annotations.0.annotation.annotator_kind': 'HUMAN',
        'evaluations.1.evaluation.name': 'faithful',
        'evaluations.1.evaluation.score': 1,
        'evaluations.1.evaluation.annotator_kind': 'LLM',
        'trace.evaluations.0.evaluation.name': 'solved',
        'trace.evaluations.0.evaluation.score': '0.5',
        'session.annotations.0.annotation.name': 'mood',
        'session.annotations.0.annotation.explanation': 'Angry at the end.',
        'annotations.3.something': 'else',
      }),
      [],
    );
    expect(read).toEqual([
      { ...nothing, name: 'thumbs', label: 'up', evaluator: 'person' },
      { ...nothing, name: 'faithful', score: 1, evaluator: 'model' },
      { ...nothing, name: 'solved', score: 0.5, subject: 'trace' },
      { ...nothing, name: 'mood', explanation: 'Angry at the end.', subject: 'session' },
    ]);
  });
});
