import type { QueryParam } from './query.ts';

/** A condition that is true where its parameter is empty: `AND ({kind:String} = '' OR ...)`, `AND (NOT {searched:Bool} OR ...)`. */
const openWhereEmpty = /\s+AND \((?:\{(\w+):\w+\} = (?:''|0)|NOT \{(\w+):Bool\}) OR /g;

/**
 * A query without the conditions that are true since their parameter is empty (`''`, 0, `false`). It means the same; but
 * ClickHouse analyses at each question all that stands in it, which for a list takes longer than to read it.
 */
export function narrowedSql(sql: string, params: Readonly<Record<string, QueryParam>>): string {
  let narrowed = '';
  let done = 0;
  for (const found of sql.matchAll(openWhereEmpty)) {
    if (found.index < done || params[found[1] ?? found[2] ?? '']) continue;
    narrowed += sql.slice(done, found.index);
    done = closingParenthesis(sql, sql.indexOf('(', found.index)) + 1;
  }
  return narrowed + sql.slice(done);
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
