/** The two encodings of OTLP over HTTP. An answer has the encoding of its request. */
export type Encoding = 'protobuf' | 'json';

export const MEDIA_TYPES: Record<Encoding, string> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Case and parameters do not matter: `Application/JSON; charset=utf-8`. `null` for anything else. */
export function encodingOf(contentType: string | undefined): Encoding | null {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === MEDIA_TYPES.json) return 'json';
  return type === MEDIA_TYPES.protobuf || type === 'application/protobuf' ? 'protobuf' : null;
}
