import { OpenTelemetry } from '@ai-sdk/otel';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { generateText, registerTelemetry, stepCountIs, tool } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';

const telemetry = startNodeSdk({ resourceAttributes: { 'service.name': 'weather-sdk' } });
registerTelemetry(new OpenTelemetry());

const usage = (input, output) => ({
  inputTokens: { total: input, noCache: input },
  outputTokens: { total: output, text: output },
});
// Stands in for a model, such as `openai('gpt-4o-mini')` of @ai-sdk/openai.
const model = new MockLanguageModelV4({
  provider: 'openai',
  modelId: 'gpt-4o-mini',
  doGenerate: [
    {
      content: [{ type: 'tool-call', toolCallId: 'call-1', toolName: 'weather', input: '{"city":"Lisbon"}' }],
      finishReason: { unified: 'tool-calls' },
      usage: usage(40, 12),
      warnings: [],
    },
    {
      content: [{ type: 'text', text: 'Take a jacket: 14 degrees and windy.' }],
      finishReason: { unified: 'stop' },
      usage: usage(80, 12),
      warnings: [],
    },
  ],
});

const { text } = await generateText({
  model,
  prompt: 'Do I need a jacket in Lisbon?',
  tools: {
    weather: tool({
      description: 'The weather in a city.',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => ({ city, degrees: 14, wind: 'strong' }),
    }),
  },
  stopWhen: stepCountIs(5),
  telemetry: { functionId: 'weather-sdk' },
});
console.log(text);
await telemetry.shutdown();
