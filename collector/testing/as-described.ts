import { ANSWERS } from '../openapi/answers.ts';

/** An answer as its description has it: without the fields that are not described. Throws where it breaks it. */
export function asDescribed(route: string, answer: unknown): unknown {
  const shape = ANSWERS[route]?.content['application/json'];
  if (!shape) throw new Error(`${route} is not described`);
  return shape.parse(answer);
}
