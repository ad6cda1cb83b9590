/** What docs/reference/sql.md says of the store, for the page. */
export type SqlReference = { tables: SqlTable[]; examples: SqlExample[] };

export type SqlTable = { name: string; about: string; columns: SqlColumn[] };
export type SqlColumn = { name: string; type: string; about: string };
export type SqlExample = { title: string; sql: string };

/**
 * Reads the reference: a table is a section with a list of columns, an example a block of SQL under "Examples" with the
 * line before it as its title.
 */
export function sqlReference(page: string): SqlReference {
  const sections = page.split(/^## /m).slice(1);
  const tables = sections.flatMap((section) => {
    const [name = '', ...lines] = section.split('\n');
    const columns = lines.flatMap(columnOf);
    return columns.length === 0 ? [] : [{ name, about: plain(paragraphOf(lines)), columns }];
  });
  const examples = sections.find((section) => section.startsWith('Examples'))?.split('```sql\n') ?? [];
  return {
    tables,
    examples: examples.slice(1).map((block, place) => ({
      title: plain(examples[place]?.trim().split('\n').at(-1)?.replace(/:$/, '') ?? ''),
      sql: block.split('\n```')[0] ?? '',
    })),
  };
}

/** `| \`name\` | type | meaning |` */
function columnOf(line: string): SqlColumn[] {
  const [, name, type, about] = /^\| `([^`]+)` \| ([^|]*) \| ?([^|]*) ?\|$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, type: type?.trim() ?? '', about: plain(about ?? '') }];
}

function paragraphOf(lines: readonly string[]): string {
  const end = lines.indexOf('');
  return lines.slice(0, end === -1 ? 1 : end).join(' ');
}

/** Without the marks of Markdown. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .trim();
}
