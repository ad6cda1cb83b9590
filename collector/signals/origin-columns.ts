import { type NativeColumn, words } from '../store/native-block.ts';
import type { Origin } from './origin.ts';

/** The columns in which every signal says where it comes from. */
export function originColumns<Row extends { origin: Origin }>(): NativeColumn<Row>[] {
  return [
    words('service', ({ origin }) => origin.service),
    words('resource', ({ origin }) => origin.resource),
    words('resource_schema_url', ({ origin }) => origin.resourceSchemaUrl),
    words('scope_name', ({ origin }) => origin.scopeName),
    words('scope_version', ({ origin }) => origin.scopeVersion),
    words('scope_attributes', ({ origin }) => origin.scopeAttributes),
    words('scope_schema_url', ({ origin }) => origin.scopeSchemaUrl),
  ];
}
