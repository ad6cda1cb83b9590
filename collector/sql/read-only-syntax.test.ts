import { describe, expect, it } from 'vitest';
import { refusal as refusalIn } from './read-only-syntax.ts';

const refusal = (tree: readonly string[]) => refusalIn(tree, 'rehearse_sql');

describe('refusal', () => {
  const select = (...inside: string[]) => ['SelectWithUnionQuery (children 1)', ' ExpressionList', ...inside];

  it('lets reading pass', () => {
    expect(refusal(select('  Function count', '   TableExpression', '    TableIdentifier spans'))).toBeNull();
    expect(refusal(select('   TableExpression', '    Function numbers (children 1)'))).toBeNull();
    expect(refusal(['Explain EXPLAIN PIPELINE (children 1)', ' SelectWithUnionQuery'])).toBeNull();
    expect(refusal(['ShowTables'])).toBeNull();
  });

  it.each(['KillQueryQuery Literal_UInt64_1', 'DropQuery  t', 'Explain EXPLAIN TABLE OVERRIDE', ''])(
    'refuses the statement %j',
    (statement) => expect(refusal([statement])).toMatch(/only read/),
  );

  it('tells a table function from a function of the same name', () => {
    expect(refusal(select('  Function format (children 1)'))).toBeNull();
    expect(refusal(select('   TableExpression (children 1)', '    Function format'))).toMatch(
      /table function/,
    );
  });

  it.each([
    '  Function file (children 1)',
    '  Identifier file',
    '  Function aiGenerate',
    '  Function AIEmbed',
  ])('refuses what reaches out: %s', (line) => expect(refusal(select(line))).toMatch(/reaches out/));

  it.each([
    '    TableIdentifier system.query_log',
    '    TableIdentifier rehearse.spans',
    '      Identifier system.tables',
    '      Identifier INFORMATION_SCHEMA.tables',
    '  Function joinGet',
    '  Function dictGetString',
  ])('refuses what lies elsewhere: %s', (line) => expect(refusal(select(line))).toMatch(/not available/));

  it('lets tables of its database and those made of nothing pass', () => {
    for (const table of ['rehearse_sql.spans', 'system.numbers'])
      expect(refusal(select(`    TableIdentifier ${table}`))).toBeNull();
    expect(refusal(['ShowTables (children 1)', ' Identifier rehearse_sql'])).toBeNull();
    expect(refusal(['ShowTables (children 1)', ' Identifier system'])).toMatch(/not available/);
    expect(refusal(['ShowCreateTableQuery rehearse t (children 2)'])).toMatch(/not available/);
    expect(refusal(['Explain EXPLAIN ESTIMATE (children 1)'])).toMatch(/only read/);
  });

  it('refuses settings, of a subquery too', () => {
    expect(refusal(select('      Set'))).toMatch(/SETTINGS/);
  });

  it('refuses APPLY, whose function the tree does not show', () => {
    expect(refusal(select('   ColumnsApplyTransformer'))).toMatch(/APPLY/);
  });
});
