import type { Json } from '../../../../domain/json.ts';
import { JsonText } from '../../ui/json-text.tsx';
import { numbered } from '../../ui/numbered.ts';

type RowPanelProps = { number: number; names: readonly string[]; row: readonly Json[]; onClose: () => void };

/** One row with each of its values whole. */
export function RowPanel({ number, names, row, onClose }: RowPanelProps) {
  return (
    <section className="sql-row" aria-label={`Row ${number}`}>
      <h2>
        Row {number}{' '}
        <button type="button" onClick={onClose}>
          Close
        </button>
      </h2>
      <dl>
        {numbered(names).map(({ number: column, item: name }) => (
          <div key={column}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{row[column - 1] === null ? '∅' : <JsonText value={row[column - 1] ?? null} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
