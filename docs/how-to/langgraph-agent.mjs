import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as callbacks from '@langchain/core/callbacks/manager';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { startNodeSdk } from '@opentelemetry/sdk-node';

const telemetry = startNodeSdk({ resourceAttributes: { 'service.name': 'weather-graph' } });
new LangChainInstrumentation().manuallyInstrument(callbacks);
const { Annotation, END, START, StateGraph } = await import('@langchain/langgraph');

// Stands in for a model, such as `new ChatOpenAI({ model: 'gpt-4o-mini' })` of @langchain/openai.
const model = new FakeListChatModel({ responses: ['Lisbon', 'Take a jacket: 14 degrees and windy.'] });

const State = Annotation.Root({ question: Annotation(), city: Annotation(), answer: Annotation() });
const graph = new StateGraph(State)
  .addNode('find_city', async ({ question }) => ({
    city: (await model.invoke(`Which city is meant? ${question}`)).content,
  }))
  .addNode('reply', async ({ city }) => ({
    answer: (await model.invoke(`It is 14 degrees and windy in ${city}. Advise.`)).content,
  }))
  .addEdge(START, 'find_city')
  .addEdge('find_city', 'reply')
  .addEdge('reply', END)
  .compile({ name: 'weather-graph' });

const { answer } = await graph.invoke(
  { question: 'Do I need a jacket in Lisbon?' },
  { metadata: { session_id: 'conversation-1' } },
);
console.log(answer);
await telemetry.shutdown();
