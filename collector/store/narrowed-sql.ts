import type { QueryParam } from './query.ts';

type Params = Readonly<Record<string, QueryParam>>;

/** A condition that is true where its parameter is empty: `AND ({kind:String} = '' OR ...)`, `AND (NOT {searched:Bool} OR ...)`. */
const openWhereEmpty = /\s+AND \((?:\{(\w+):\w+\} = (?:''|0)|NOT \{(\w+):Bool\}) OR /g;

/**
 * Lines that add nothing where the list of their parameter is empty, such as a part of a union over its items. Their end is
 * indented as their beginning: within may be others.
 */
const nothingOfEmpty = /^( *)-- left out where \{(\w+)\} is empty\n([\s\S]*?)^\1-- end\n/gm;

/**
 * A query without what changes nothing since its parameter is empty: conditions that are true (`''`, 0, `false`), parts of
 * a union without rows (`[]`). It means the same; but ClickHouse analyses at each question all that stands in it, which
 * for a list takes longer than to read it.
 */
export function narrowedSql(given: string, params: Params): string {
  const sql = withoutNothing(given, params);
  let narrowed = '';
  let done = 0;
  for (const found of sql.matchAll(openWhereEmpty)) {
    if (found.index < done || params[found[1] ?? found[2] ?? '']) continue;
    narrowed += sql.slice(done, found.index);
    done = closingParenthesis(sql, sql.indexOf('(', found.index)) + 1;
  }
  return narrowed + sql.slice(done);
}

function withoutNothing(sql: string, params: Params): string {
  return sql.replace(nothingOfEmpty, (lines: string, _indent, name: string, within: string) =>
    isEmptyList(params[name]) ? '' : lines.replace(within, () => withoutNothing(within, params)),
  );
}

function isEmptyList(value: QueryParam | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Where the parenthesis at `open` is closed. Those within texts do not count. */
function closingParenthesis(sql: string, open: number): number {
  let depth = 0;
  let inText = false;
  for (let at = open; at < sql.length; at++) {
    const sign = sql[at];
    if (sign === "'") inText = !inText;
    else if (!inText && sign === '(') depth++;
    else if (!inText && sign === ')' && --depth === 0) return at;
  }
  throw new Error(`expected the parenthesis to be closed: ${sql.slice(open)}`);
}
