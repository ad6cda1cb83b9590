import { Json } from '../../../domain/json.ts';

/** The JSON value of a text, or the text where it is none. */
export function parseJson(text: string): Json {
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}
