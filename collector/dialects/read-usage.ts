import type { Json, JsonObject } from '../../domain/json.ts';
import type { Usage } from '../../domain/usage.ts';
import { isObject } from './embedded-json.ts';
import type { FieldReader } from './field-reader.ts';
import { FIELD, type Field } from './fields.ts';
import { countOf } from './plain-number.ts';
import { exclusiveUsage, type ReportedUsage } from './usage.ts';
import { detailsOfJson, usageOfJson } from './usage-json.ts';

/** The usage that a span reports, in whichever form; `null` where it reports none: that is not zero. */
export function readUsage(fields: FieldReader<Field>): Usage | null {
  if (fields.has(FIELD.usageDetails)) {
    const usage = usageOfJson(fields.json(FIELD.usageDetails));
    if (usage !== null) return usage;
  }
  const reported: ReportedUsage = {
    input: fields.count(FIELD.inputTokens),
    output: fields.count(FIELD.outputTokens),
    cacheRead: fields.count(FIELD.cacheReadTokens),
    cacheWrite: fields.count(FIELD.cacheWriteTokens),
    reasoning: fields.count(FIELD.reasoningTokens),
    total: fields.count(FIELD.totalTokens),
  };
  if (fields.has(FIELD.inputTokenDetails) || fields.has(FIELD.outputTokenDetails)) {
    const details = detailsOfJson(
      fields.json(FIELD.inputTokenDetails),
      fields.json(FIELD.outputTokenDetails),
    );
    return exclusiveUsage(completed(reported, details));
  }
  if (fields.has(FIELD.usageMetadata) && reported.cacheRead === null && reported.reasoning === null) {
    return usageOfJson(fields.json(FIELD.usageMetadata)) ?? exclusiveUsage(reported);
  }
  if (fields.has(FIELD.providerMetadata) && reported.cacheRead === null && reported.cacheWrite === null) {
    return withProviderMetadata(reported, fields.json(FIELD.providerMetadata));
  }
  return exclusiveUsage(reported);
}

/** What is known already stays. */
function completed(reported: ReportedUsage, details: Partial<ReportedUsage>): ReportedUsage {
  return {
    ...reported,
    cacheRead: reported.cacheRead ?? details.cacheRead ?? null,
    cacheWrite: reported.cacheWrite ?? details.cacheWrite ?? null,
    reasoning: reported.reasoning ?? details.reasoning ?? null,
  };
}

/**
 * The AI SDK before version 6 leaves cached tokens to what each provider adds. OpenAI counts them within the input;
 * Anthropic beside it, and the SDK's total, the sum of input and output, knows nothing of them.
 */
function withProviderMetadata(reported: ReportedUsage, metadata: Json): Usage | null {
  const { openai, anthropic } = object(metadata);
  const { cachedPromptTokens, reasoningTokens } = object(openai);
  const { cacheReadInputTokens, cacheCreationInputTokens } = object(anthropic);
  const details = {
    cacheRead: counted(cachedPromptTokens) ?? counted(cacheReadInputTokens),
    cacheWrite: counted(cacheCreationInputTokens),
    reasoning: counted(reasoningTokens),
  };
  const apart = anthropic !== undefined;
  return exclusiveUsage({ ...completed(reported, details), ...(apart && { total: null }) }, apart);
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function counted(value: Json | undefined): number | null {
  return countOf(value ?? null);
}
