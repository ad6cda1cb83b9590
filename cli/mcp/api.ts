import { type ClientResponse, hc } from 'hono/client';
import type { App } from '../../collector/app.ts';
import { AppError, type ErrorBody } from '../../domain/errors.ts';

export type Api = ReturnType<typeof apiOf>;

/** The collector's API as the tools ask it. */
export function apiOf(url: string, key: string | undefined) {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return hc<App>(url, { headers }).api;
}

/**
 * The body of an answer.
 *
 * @throws AppError the collector's own refusal
 */
export async function bodyOf<Body>(answer: Promise<ClientResponse<Body>>): Promise<Body> {
  const response = await accepted(answer);
  return (await response.json()) as Body;
}

/** The text of an answer that is more than one JSON value. Throws as `bodyOf` does. */
export async function textOf(answer: Promise<ClientResponse<unknown>>): Promise<string> {
  const response = await accepted(answer);
  return await response.text();
}

async function accepted<Answer extends ClientResponse<unknown>>(answer: Promise<Answer>): Promise<Answer> {
  const response = await answer;
  if (response.ok) return response;
  const { error } = (await response.json()) as ErrorBody;
  throw new AppError(error.code, error.message);
}

/** Parameters without those that were left out. */
export function given<Name extends string>(
  parameters: { [Key in Name]?: string | undefined },
): { [Key in Name]?: string } {
  const entries = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in Name]?: string };
}
