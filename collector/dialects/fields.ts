/**
 * Where each dialect puts what the product asks of a span: field -> attribute keys, best first. The first key that is
 * present decides; empty text and an unset value count as absent. A key may serve several fields. Where the dialects mean
 * different things (seconds or milliseconds, a list or an object), there are different fields, and a rule chooses.
 * `docs/reference/dialects.md` shows this table; a test holds the two together.
 */
export const FIELDS = {
  // What kind of work it is: one field a vocabulary.
  operation: ['gen_ai.operation.name'],
  spanKind: [
    'openinference.span.kind',
    'fi.span.kind',
    'gen_ai.span.kind',
    'langwatch.span.type',
    'lmnr.span.type',
  ],
  langfuseType: ['langfuse.observation.type'],
  aiSdkOperation: ['ai.operationId', 'operation.name'],
  traceloopKind: ['traceloop.span.kind'],
  langsmithKind: ['langsmith.span.kind'],
  mastraType: ['mastra.span.type'],
  requestType: ['llm.request.type'],
  mcpMethod: ['mcp.method.name'],

  // Who and what.
  agent: ['gen_ai.agent.name', 'agent.name', 'ai.telemetry.functionId', 'agent_name', 'crewai.agent.role'],
  graphNode: ['graph.node.name', 'graph.node.id'],
  agentVersion: ['gen_ai.agent.version', 'langfuse.version', 'langfuse.release'],
  workflow: ['gen_ai.workflow.name', 'langfuse.trace.name', 'langsmith.trace.name'],
  traceloopWorkflow: ['traceloop.workflow.name'],
  entityName: ['traceloop.entity.name'],
  entityVersion: ['traceloop.entity.version'],
  provider: [
    'gen_ai.provider.name',
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
    'langsmith.metadata.ls_provider',
    'llm.vendor',
  ],
  modelRequested: [
    'gen_ai.request.model',
    'llm.request.model_name',
    'llm.request.model',
    'llm.model_name',
    'embedding.model_name',
    'reranker.model_name',
    'ai.model.id',
    'langfuse.observation.model.name',
    'langsmith.metadata.ls_model_name',
  ],
  modelResponded: [
    'gen_ai.response.model',
    'llm.response.model_name',
    'llm.response.model',
    'ai.response.model',
    'llm.model_name',
    'langfuse.observation.model.name',
  ],
  responseId: ['gen_ai.response.id', 'llm.response.id', 'ai.response.id'],
  tool: ['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'mcp.tool.name'],
  session: [
    'gen_ai.conversation.id',
    'session.id',
    'langfuse.session.id',
    'traceloop.association.properties.session_id',
    'traceloop.association.properties.thread_id',
    'traceloop.association.properties.conversation_id',
    'traceloop.association.properties.chat_id',
    'ai.telemetry.metadata.sessionId',
    'ai.telemetry.metadata.threadId',
    'ai.telemetry.metadata.conversationId',
    'ai.telemetry.metadata.chatId',
    'ai.settings.context.sessionId',
    'ai.settings.context.threadId',
    'ai.settings.context.conversationId',
    'ai.settings.context.chatId',
    'langsmith.metadata.session_id',
    'langsmith.metadata.thread_id',
    'langsmith.metadata.conversation_id',
    'mastra.metadata.sessionId',
    'mastra.metadata.threadId',
    'langwatch.thread.id',
    'lmnr.association.properties.session_id',
    'gcp.vertex.agent.session_id',
  ],
  user: [
    'user.id',
    'enduser.id',
    'langfuse.user.id',
    'traceloop.association.properties.user_id',
    'ai.telemetry.metadata.userId',
    'ai.settings.context.userId',
    'langsmith.metadata.user_id',
    'mastra.metadata.userId',
    'langwatch.user.id',
    'lmnr.association.properties.user_id',
    'llm.user',
  ],
  /** Free-form metadata as one JSON value: session and user are looked for in it when nothing else names them. */
  metadata: ['metadata', 'langfuse.trace.metadata', 'langfuse.observation.metadata', 'mastra.metadata'],
  environment: ['langfuse.environment', 'deployment.environment.name', 'deployment.environment'],

  // Usage as counts. Whether cached and reasoning tokens lie within the whole is told by the total.
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
    'llm.usage.prompt_tokens',
    'llm.usage.input_tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'llm.usage.completion_tokens',
    'llm.usage.output_tokens',
  ],
  totalTokens: [
    'gen_ai.usage.total_tokens',
    'llm.token_count.total',
    'ai.usage.totalTokens',
    'llm.usage.total_tokens',
  ],
  cacheReadTokens: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.cache_read_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.cached_input_tokens',
    'gen_ai.usage.cached_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'gen_ai.usage.details.cached_tokens',
    'llm.token_count.prompt_details.cache_read',
    'llm.token_count.prompt_details.cache_input',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
    'llm.usage.cache_read_input_tokens',
  ],
  cacheWriteTokens: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.cache_creation_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.cache_write_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
    'llm.usage.cache_creation_input_tokens',
  ],
  reasoningTokens: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.reasoning_output_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.details.thoughts_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
    'llm.usage.reasoning_tokens',
  ],
  // Usage as one JSON value.
  usageDetails: ['langfuse.observation.usage_details', 'langfuse.observation.usage'],
  usageMetadata: ['langsmith.usage_metadata'],
  inputTokenDetails: ['gen_ai.usage.input_token_details'],
  outputTokenDetails: ['gen_ai.usage.output_token_details'],
  providerMetadata: ['ai.response.providerMetadata'],
  streamed: ['gen_ai.request.stream', 'llm.is_streaming', 'gen_ai.is_streaming'],

  // Cost in US dollars, as the client reckoned it.
  cost: [
    'gen_ai.usage.cost',
    'gen_ai.usage.total_cost',
    'llm.cost.total',
    'llm.usage.cost',
    'operation.cost',
    'gen_ai.cost.total_tokens',
  ],
  costDetails: ['langfuse.observation.cost_details'],

  // Time to the first piece of the answer.
  firstChunkSeconds: [
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.client.inference.time_to_first_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
    'gen_ai.server.time_to_first_token',
  ],
  firstChunkMilliseconds: ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'],
  /** A point in time: ISO 8601, perhaps quoted. */
  firstChunkAt: ['langfuse.observation.completion_start_time', 'mastra.completion_start_time'],

  // How it ended.
  finishReasons: [
    'gen_ai.response.finish_reasons',
    'gen_ai.response.finish_reason',
    'llm.finish_reason',
    'llm.response.finish_reason',
    'ai.response.finishReason',
    'ai.finishReason',
    'gen_ai.completion.0.finish_reason',
    'llm.completions.0.finish_reason',
  ],
  /** Present when the first message of the answer calls a tool. */
  outputToolCall: [
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name',
    'gen_ai.completion.0.tool_calls.0.name',
  ],
  /** Present when the work gave an answer. */
  output: [
    'gen_ai.output.messages',
    'gen_ai.completion',
    'gen_ai.tool.call.result',
    'output.value',
    'llm.output_messages.0.message.role',
    'langfuse.observation.output',
    'traceloop.entity.output',
    'ai.response.text',
    'ai.response.toolCalls',
    'ai.response.object',
    'ai.toolCall.result',
    'gen_ai.completion.0.content',
    'tool_response',
    'gcp.vertex.agent.tool_response',
  ],
  errorType: ['error.type'],
  errorMessage: ['langfuse.observation.status_message', 'error.message'],
  level: ['langfuse.observation.level'],
  toolStatus: ['gen_ai.tool.status'],
  httpStatus: ['http.response.status_code', 'http.status_code'],

  // The trial of a rehearsal.
  runId: ['rehearse.run.id'],
  trialId: ['rehearse.trial.id'],
  scenarioId: ['rehearse.scenario.id'],
} as const;

/** The same for attributes of the resource. */
export const RESOURCE_FIELDS = {
  service: ['service.name'],
  /** Stands in for a service that has no name of its own (`unknown_service:...`). */
  project: ['openinference.project.name'],
  version: ['service.version'],
  environment: ['deployment.environment.name', 'deployment.environment'],
  runId: ['rehearse.run.id'],
  trialId: ['rehearse.trial.id'],
  scenarioId: ['rehearse.scenario.id'],
} as const;

/** A field's number: its place in the table, so that a collector can keep values in an array. */
export type Field = number & { readonly tableOf: 'span' };
export type ResourceField = number & { readonly tableOf: 'resource' };

/** `FIELD.modelRequested` is the number of that field. */
export const FIELD = numbered(FIELDS) as Record<keyof typeof FIELDS, Field>;
export const RESOURCE_FIELD = numbered(RESOURCE_FIELDS) as Record<
  keyof typeof RESOURCE_FIELDS,
  ResourceField
>;

function numbered(table: object): Record<string, number> {
  return Object.fromEntries(Object.keys(table).map((name, index) => [name, index]));
}
