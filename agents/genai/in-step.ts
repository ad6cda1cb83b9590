import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import { type Conversation, inSpan } from './spans.ts';

export type Step = {
  title: string;
  conversation: Conversation;
  /** `human_input`: it waits for a person. Default: `workflow_step`. */
  operation?: 'workflow_step' | 'human_input';
};

/** Runs `work` as a step of what the agent does: a span between the agent's and those of its calls. */
export function inStep<T>(
  { title, conversation, operation = 'workflow_step' }: Step,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const always = {
    'gen_ai.operation.name': operation,
    'gen_ai.workflow.name': conversation.agent.name,
  };
  return inSpan({ title, kind: SpanKind.INTERNAL, conversation }, { ...always, ...attributes }, work);
}
