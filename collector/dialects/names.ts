import type { SpanKind } from '../../domain/span-kind.ts';
import type { SpanFacts } from './canonical.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';

/** The agent: named by an attribute; else what the emitter calls a span of kind agent. */
export function agentOf(fields: FieldReader<Field>, span: SpanFacts, kind: SpanKind): string | null {
  const agent = fields.text(FIELD.agent);
  if (agent !== null || kind !== 'agent') return agent;
  return (
    fields.text(FIELD.graphNode) ??
    fields.text(FIELD.entityName) ??
    (isNamedByHand(fields) ? span.name || null : invokedAgent(fields, span))
  );
}

/** `invoke_agent alice`; the AI SDK puts the model there. */
function invokedAgent(fields: FieldReader<Field>, span: SpanFacts): string | null {
  const name = afterWord(span.name, 'invoke_agent ');
  return name === fields.text(FIELD.modelRequested) ? null : name;
}

export function toolOf(fields: FieldReader<Field>, span: SpanFacts, kind: SpanKind): string | null {
  const tool = fields.text(FIELD.tool);
  if (tool !== null || kind !== 'tool') return tool;
  return (
    fields.text(FIELD.entityName) ??
    afterWord(span.name, 'execute_tool ') ??
    afterWord(span.name, 'tools/call ') ??
    (isNamedByHand(fields) ? span.name || null : null)
  );
}

/**
 * The workflow. Traceloop puts the agent's name there within an agent: that is dropped. The root of a chain, and a span of
 * a workflow, carry theirs as the span's name.
 */
export function workflowOf(fields: FieldReader<Field>, span: SpanFacts, agent: string | null): string | null {
  const workflow = fields.text(FIELD.workflow);
  if (workflow !== null) return workflow;
  const traceloop = fields.text(FIELD.traceloopWorkflow);
  if (traceloop !== null) return traceloop === agent ? null : traceloop;
  if (fields.text(FIELD.traceloopKind) === 'workflow') return fields.text(FIELD.entityName);
  if (span.root && isChain(fields)) return span.name || null;
  return afterWord(span.name, 'invoke_workflow ');
}

function isChain(fields: FieldReader<Field>): boolean {
  return (
    fields.text(FIELD.spanKind)?.toUpperCase() === 'CHAIN' || fields.text(FIELD.langsmithKind) === 'chain'
  );
}

/** Dialects whose users name the spans: the name of an agent's span is the agent's. */
function isNamedByHand(fields: FieldReader<Field>): boolean {
  return fields.has(FIELD.spanKind) || fields.has(FIELD.langfuseType) || fields.has(FIELD.langsmithKind);
}

function afterWord(name: string, word: string): string | null {
  return name.startsWith(word) ? name.slice(word.length) || null : null;
}
