import type { Json } from '../../domain/json.ts';
import { embeddedJson, isObject } from './embedded-json.ts';

/** A tool's arguments. Traceloop wraps them as a call of a function: `{args, kwargs}`. */
export function toolArgumentsOf(value: Json): Json {
  if (!isObject(value) || !Array.isArray(value.args) || !isObject(value.kwargs)) return value;
  const { args, kwargs } = value;
  if (args.length === 0) return kwargs;
  return args.length === 1 && Object.keys(kwargs).length === 0 ? (args[0] ?? null) : value;
}

/** A tool's result. LangChain sends its message to the model, in which the result is the content. */
export function toolResultOf(value: Json): Json {
  if (!isObject(value)) return value;
  const message = isObject(value.output) && value.output.lc !== undefined ? value.output : value;
  if (message.lc === undefined || !isObject(message.kwargs)) return value;
  return embeddedJson(message.kwargs.content ?? null);
}

/** Tools as the emitter describes them, without the wrappings of lists of JSON texts and of indexed keys. */
export function toolDefinitionsOf(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.map((definition) => {
    const tool = embeddedJson(definition);
    if (!isObject(tool) || !isObject(tool.tool)) return tool;
    return embeddedJson(tool.tool.json_schema ?? tool.tool);
  });
}
