/**
 * What may not be asked in the SQL of people, told by the syntax tree that ClickHouse itself makes of it (`EXPLAIN AST`
 * parses and does nothing). The setting `readonly` refuses every write; what it lets through and is refused here was
 * found by trying: the function `file` reads any file of the machine, `DESCRIBE TABLE url(...)` fetches, `KILL QUERY`
 * ends the queries of others, functions of language models send data away.
 */

/** Kinds of statements that read, as the first line of a tree names them. */
const STATEMENTS =
  /^(SelectWithUnionQuery|SelectIntersectExceptQuery|DescribeQuery|ShowTables|ShowColumns|ExistsTableQuery|ShowCreateTableQuery|Explain EXPLAIN(?! TABLE OVERRIDE| CURRENT| ESTIMATE))\b/;

/** Table functions that make their rows out of nothing, and the views of ours that take parameters. */
const TABLE_FUNCTIONS = new Set([
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'generateseries',
  'generate_series',
  'primes',
  'values',
  'null',
  'view',
]);

/** Functions that reach out of the tables that a statement names. */
const REACHING_OUT =
  /^(joinGet\w*|dict\w+|hasColumnInTable|file|catboostevaluate|ai_?(generate\w*|classify|extract|translate|embed\w*)|executable|reverseDNSQuery|addressTo\w+)$/i;

const NODE = /^( *)(\w+)(?: ([^ ]+))?/;

/** A database of the server's own, whose tables tell of everybody's queries. */
const OF_THE_SERVER = /^(system|information_schema)\b/i;

/** Tables of the server that make their rows out of nothing. */
const GENERATORS = /^system\.(one|numbers|numbers_mt|zeros|zeros_mt)$/;

/** `SHOW TABLES FROM` has its database as a child, `SHOW CREATE TABLE` and `EXISTS` name it beside them. */
const NAMED_DATABASE = /^(?:ShowCreateTableQuery|ExistsTableQuery) (\S+) \S+ \(/;

/**
 * Why a statement is not run, `null` where it may be.
 *
 * @param tree the lines of `EXPLAIN AST`
 * @param views the database of the tables that are there for people: there is no other
 */
export function refusal(tree: readonly string[], views: string): string | null {
  const [statement = ''] = tree;
  if (!STATEMENTS.test(statement))
    return 'expected SELECT, SHOW, DESCRIBE, EXISTS or EXPLAIN: the store is only read';
  const elsewhere = (table: string) =>
    `${table} is not available here: read the tables of docs/reference/sql.md`;
  const named = NAMED_DATABASE.exec(statement)?.[1];
  if (named !== undefined && named !== views) return elsewhere(named);
  let parent = '';
  for (const line of tree) {
    const [, , node = '', name = ''] = NODE.exec(line) ?? [];
    // Of a subquery: what is set there would hold for it.
    if (node === 'Set')
      return 'SETTINGS is not available here: memory, time and rights are set by the collector';
    if (node === 'ColumnsApplyTransformer') return 'APPLY is not available here: name the columns';
    const mayBeTable = node === 'TableIdentifier' || node === 'Identifier';
    if (mayBeTable && OF_THE_SERVER.test(name) && !GENERATORS.test(name)) return elsewhere(name);
    if (node === 'TableIdentifier' && name.includes('.') && !GENERATORS.test(name)) {
      if (!name.startsWith(`${views}.`)) return elsewhere(name);
    }
    if (node === 'Identifier' && parent === 'ShowTables' && name !== views) return elsewhere(name);
    const tableFunction = node === 'Function' && parent === 'TableExpression';
    if (tableFunction && !TABLE_FUNCTIONS.has(name.toLowerCase())) {
      return `the table function ${name} is not available here: read the tables of the database`;
    }
    if ((node === 'Function' || node === 'Identifier') && REACHING_OUT.test(name)) {
      return `${name} is not available here: it reaches out of the database`;
    }
    parent = node;
  }
  return null;
}
