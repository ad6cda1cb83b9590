import { attributeMap, type KeyValue } from '../otlp/any-value.ts';
import type { DecodedResource, DecodedScope } from '../otlp/opentelemetry-proto.ts';
import { contentHash } from './content-hash.ts';

/** Where items come from, as it is stored with each of them. */
export type Origin = {
  /** Of all that follows. */
  hash: string;
  service: string;
  /** OTLP's JSON key-value array. */
  resource: string;
  resourceSchemaUrl: string;
  scopeName: string;
  scopeVersion: string;
  scopeAttributes: string;
  scopeSchemaUrl: string;
};

type Envelope = { schemaUrl: string };

export function originOf(
  { resource, schemaUrl }: Envelope & { resource: DecodedResource | null },
  inner: Envelope & { scope: DecodedScope | null },
): Origin {
  const { scope } = inner;
  const attributes = resource?.attributes ?? [];
  const origin = {
    service: serviceOf(attributes),
    resource: JSON.stringify(attributes),
    resourceSchemaUrl: schemaUrl,
    scopeName: scope?.name ?? '',
    scopeVersion: scope?.version ?? '',
    scopeAttributes: JSON.stringify(scope?.attributes ?? []),
    scopeSchemaUrl: inner.schemaUrl,
  };
  return { hash: contentHash(origin).toString(), ...origin };
}

function serviceOf(attributes: readonly KeyValue[]): string {
  const name = attributeMap(attributes).get('service.name');
  return name !== undefined && 'stringValue' in name ? name.stringValue : '';
}
