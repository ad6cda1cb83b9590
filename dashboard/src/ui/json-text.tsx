import type { Json } from '../../../domain/json.ts';
import { LongText } from './long-text.tsx';

/** A JSON value as indented text. */
export function JsonText({ value }: { value: Json }) {
  return <LongText text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} mono />;
}
