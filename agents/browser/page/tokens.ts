import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** Tokens of a text as today's models of OpenAI count them. */
export function tokensOf(text: string): number {
  return countTokens(text);
}
