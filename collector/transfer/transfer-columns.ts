/** A column of a table, as ClickHouse names its type. */
export type TableColumn = { name: string; type: string };

/** How a column is written to a file and read from it: `type` is that in the file, `out` and `back` are SQL. */
export type TransferColumn = { name: string; type: string; out: string; back: string };

/**
 * Bytes go as hex and enums by name, which Parquet and JSON read alike; everything else as it is.
 * The project is not in a file: it is the one that asks.
 */
export function transferColumns(columns: readonly TableColumn[]): TransferColumn[] {
  return columns.filter(({ name }) => name !== 'project').map(transferColumn);
}

function transferColumn({ name, type }: TableColumn): TransferColumn {
  const bytes = /^FixedString\((\d+)\)$/.exec(type)?.[1];
  if (bytes !== undefined) {
    return {
      name,
      type: 'String',
      out: `lower(hex(t.${name})) AS ${name}`,
      back: `toFixedString(unhex(${name}), ${bytes})`,
    };
  }
  if (type.startsWith('Enum8(')) {
    return { name, type: 'String', out: `toString(t.${name}) AS ${name}`, back: `CAST(${name} AS ${type})` };
  }
  return { name, type, out: `t.${name} AS ${name}`, back: name };
}
