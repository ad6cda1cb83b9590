import type { SqlReference, SqlTable } from './sql-reference.ts';

type SqlTablesProps = {
  reference: SqlReference;
  onInsert: (name: string) => void;
  onExample: (sql: string) => void;
};

/** What can be asked for: examples that run, and the tables with their columns, each of which goes into the editor. */
export function SqlTables({ reference: { tables, examples }, onInsert, onExample }: SqlTablesProps) {
  return (
    <aside className="sql-reference" aria-label="Tables and examples">
      <h2>Examples</h2>
      <ul>
        {examples.map(({ title, sql }) => (
          <li key={title}>
            <button type="button" className="quiet" title={sql} onClick={() => onExample(sql)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <h2>Tables</h2>
      {tables.map((table) => (
        <TableColumns key={table.name} table={table} onInsert={onInsert} />
      ))}
    </aside>
  );
}

function TableColumns({ table, onInsert }: { table: SqlTable; onInsert: (name: string) => void }) {
  return (
    <details>
      <summary>
        <code>{table.name}</code> <span className="muted">{table.columns.length} columns</span>
      </summary>
      <p className="muted">
        {table.about}{' '}
        <button type="button" onClick={() => onInsert(table.name)}>
          Insert <code>{table.name}</code>
        </button>
      </p>
      <dl>
        {table.columns.map(({ name, type, about }) => (
          <div key={name}>
            <dt>
              <button type="button" className="quiet" onClick={() => onInsert(name)}>
                <code>{name}</code>
              </button>{' '}
              <span className="muted">{type}</span>
            </dt>
            <dd className="muted">{about}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
