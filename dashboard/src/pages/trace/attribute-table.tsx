import type { JsonObject } from '../../../../domain/json.ts';
import { JsonText } from '../../ui/json-text.tsx';
import { shownLabel } from '../../ui/shown-text.ts';

/** Attributes as they came, by name. */
export function AttributeTable({ attributes }: { attributes: JsonObject }) {
  return (
    <dl className="attributes">
      {Object.keys(attributes)
        .sort()
        .map((name) => (
          <div key={name}>
            <dt>{shownLabel(name)}</dt>
            <dd>
              <JsonText value={attributes[name] ?? null} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
