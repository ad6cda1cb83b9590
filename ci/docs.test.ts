import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CollectorConfig } from '../collector/config.ts';
import { ERROR_SIGNALS } from '../collector/dialects/canonical.ts';
import { CONTENT_FIELDS } from '../collector/dialects/content-fields.ts';
import { FIELDS, RESOURCE_FIELDS } from '../collector/dialects/fields.ts';
import { LOG_EVENTS } from '../collector/observe/log.ts';
import { ERRORS } from '../domain/errors.ts';
import { FAILURE_KINDS, Outcome, VOID_CAUSES } from '../domain/outcome.ts';
import { Run } from '../domain/run.ts';
import { Scenario } from '../domain/scenario.ts';
import { SPAN_KINDS } from '../domain/span-kind.ts';
import { Trial } from '../domain/trial.ts';
import { VERDICT_KINDS } from '../domain/verdict.ts';
import { DEFAULT_POLICY, GatePolicy } from './gate-policy.ts';
import { codePaths, codeSpans, fencedBlocks, relativeLinks, tableRows } from './markdown.ts';
import { schemaFields } from './schema-fields.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** The text of a cell that is one code span, else `null`. */
const code = (cell: string | undefined) => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? null;

const FOLDERS = [
  ...[
    'domain',
    'collector',
    'harness',
    'scenarios',
    'agents',
    'dashboard',
    'datasets',
    'ci',
    'bench',
    'docs',
  ],
  ...['cli', '.ci'],
];
const pages = globSync(
  ['*.md', '{docs,datasets,scenarios,agents,bench}/**/*.md', '{collector,harness,dashboard}/**/*.md'],
  {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  },
);

describe('every page', () => {
  it('is looked at', () => {
    expect(pages).toContain('docs/reference/errors.md');
    expect(pages).toContain('docs/decisions/README.md');
  });

  it.each(pages)('%s links to files that exist', (page) => {
    const dead = relativeLinks(read(page)).filter(
      ({ text }) => !existsSync(resolve(root, dirname(page), text)),
    );
    expect(dead).toEqual([]);
  });

  it.each(pages)('%s names paths of ours that exist', (page) => {
    const dead = codePaths(read(page), FOLDERS)
      .filter(({ text }) => !/(^|\/)dist(\/|$)/.test(text))
      .filter(({ text }) => !existsSync(join(root, text)));
    expect(dead).toEqual([]);
  });
});

describe('docs/reference/errors.md', () => {
  const rows = tableRows(read('docs/reference/errors.md')).filter((row) => row.length === 5);
  const listed = rows.map(([name, status, exit]) => [code(name), Number(status), Number(exit)]);

  it('lists every error with its status and exit code, and no other', () => {
    const known = Object.entries(ERRORS).map(([name, { status, exit }]) => [name, status, exit]);
    expect(listed.toSorted()).toEqual(known.toSorted());
  });

  it('says what each means and what to do', () => {
    const silent = rows.filter(
      ([, , , meaning, cure]) => !/\.$/.test(meaning ?? '') || !/\.$/.test(cure ?? ''),
    );
    expect(silent).toEqual([]);
  });
});

describe('docs/reference/self-observation.md', () => {
  it('lists every event of the log with its level, and no other', () => {
    const listed = tableRows(read('docs/reference/self-observation.md'))
      .filter((row) => row.length === 4)
      .map(([event, level]) => [code(event), level])
      .filter(([event]) => event !== null);
    expect(listed).toEqual(Object.entries(LOG_EVENTS));
  });
});

describe('docs/reference/scenario.md', () => {
  const page = read('docs/reference/scenario.md');
  const firstCells = tableRows(page).map(([cell]) => code(cell));
  /** Items and values of containers are told with the container, matchers in a table of their own. */
  const all = schemaFields(Scenario).filter(({ path }) => !/(\[\]|\*)$|^[A-Z]\w*$/.test(path));
  const fields = all.filter(({ path }) => !path.startsWith('Matcher.'));
  const matcherFields = all
    .filter(({ path }) => path.startsWith('Matcher.'))
    .map(({ path, literals }) => ({ path: path.replace('Matcher.', ''), literals }));
  const matchers = matcherFields.find(({ path }) => path === 'is')?.literals ?? [];

  it('lists every field and every matcher, and no other', () => {
    const known = [...fields.map(({ path }) => path), ...matchers];
    expect(known.length).toBeGreaterThan(40);
    expect(firstCells.toSorted()).toEqual(known.toSorted());
  });

  it('names every fixed value and every field of a matcher', () => {
    const spans = new Set(codeSpans(page));
    const named = [...fields.flatMap(({ literals }) => literals), ...matcherFields.map(({ path }) => path)];
    expect(named).toContain('timeout-after-commit');
    expect(named.filter((name) => !spans.has(name))).toEqual([]);
  });

  it('shows a scenario that is one', () => {
    const examples = fencedBlocks(page, 'json').map((text) => Scenario.safeParse(JSON.parse(text)));
    expect(examples.map(({ success, error }) => (success ? 'good' : error?.message))).toEqual(['good']);
  });
});

describe('docs/reference/outcomes.md', () => {
  const rows = tableRows(read('docs/reference/outcomes.md'));
  const codes = (cells: number) => rows.filter((row) => row.length === cells).map(([cell]) => code(cell));

  it('tells every failure in the order of their weight', () => {
    expect(codes(3).filter((failure) => failure !== null)).toEqual([...FAILURE_KINDS]);
  });

  it('tells every outcome and every cause of a void', () => {
    const outcomes = Outcome.options.map(({ shape }) => shape.kind.value);
    expect(codes(2).filter((name) => name !== null)).toEqual([...outcomes, ...VOID_CAUSES]);
  });
});

describe('docs/reference/results.md', () => {
  const page = read('docs/reference/results.md');
  const named = tableRows(page).flatMap(([cell]) => codeSpans(cell ?? ''));

  it('lists every kind of line and every field of a run and of a trial, and no other', () => {
    const known = ['run', 'trial', 'end', ...Object.keys(Run.shape), ...Object.keys(Trial.shape)];
    expect(named.toSorted()).toEqual(known.toSorted());
  });
});

describe('docs/reference/configuration.md', () => {
  const page = read('docs/reference/configuration.md');
  const rows = tableRows(page).filter((row) => row.length === 4);
  const schema = CollectorConfig.extend({ gate: GatePolicy.prefault({}) });
  /** Items are told with their list, and what a project may differ in with the field of that name. */
  const fields = schemaFields(schema).filter(({ path }) => !/(\[\]|\*)$|\.\*\./.test(path));

  it('tells the type of every field, and of no other, in their order', () => {
    expect(fields.length).toBeGreaterThan(50);
    const told = rows.map(([path, kinds]) => `${code(path)}: ${kinds}`);
    expect(told).toEqual(fields.map(({ path, kinds }) => `${path}: ${kinds.join(' or ')}`));
  });

  it('tells every default, and what must be given', () => {
    const due = fields.flatMap(({ path, given }) => (given === null ? [] : [`${path}: ${given}`]));
    const told = rows.map(([path, , given]) => `${code(path)}: ${code(given) ?? given}`);
    expect(due.filter((one) => !told.includes(one))).toEqual([]);
  });

  it('shows a file with every field', () => {
    const [example = ''] = fencedBlocks(page, 'json');
    const shown = new Set(pathsIn(JSON.parse(example)));
    expect(fields.map(({ path }) => path).filter((path) => !shown.has(path))).toEqual([]);
    expect(GatePolicy.safeParse(JSON.parse(example).gate).error).toBeUndefined();
  });
});

/** Of a value, named as `schemaFields` names the fields of its schema. */
function pathsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.map((item): [string, unknown] => [`${path}[]`, item])
    : Object.entries(value).map(([name, held]): [string, unknown] => [path ? `${path}.${name}` : name, held]);
  return [path, ...inside.flatMap(([name, held]) => pathsIn(held, name))];
}

describe('docs/reference/gate.md', () => {
  const page = read('docs/reference/gate.md');

  it('lists every verdict, and no other', () => {
    const named = tableRows(page)
      .filter((row) => row.length === 3)
      .flatMap(([cell]) => codeSpans(cell ?? ''));
    expect(named.toSorted()).toEqual([...VERDICT_KINDS].toSorted());
  });

  it('shows a policy that is one', () => {
    const [example = ''] = fencedBlocks(page, 'json');
    expect(GatePolicy.parse(JSON.parse(example).gate)).toMatchObject({
      trials: 5,
      alpha: DEFAULT_POLICY.alpha,
    });
  });
});

describe('docs/reference/dialects.md', () => {
  const page = read('docs/reference/dialects.md');
  /** Rows of three cells whose first is a field: its attributes in order. */
  const listed = tableRows(page)
    .filter((row) => row.length === 3 && code(row[0]) !== null)
    .map(([field, , attributes]): [string | null, string[]] => [code(field), codeSpans(attributes ?? '')]);

  it('lists the attributes of every field in the order in which they are read', () => {
    const named = (prefix: string, table: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(table).map(([field, keys]): [string, string[]] => [prefix + field, [...keys]]);
    expect(listed).toEqual([
      ...named('', FIELDS),
      ...named('resource.', RESOURCE_FIELDS),
      ...named('content.', CONTENT_FIELDS),
    ]);
  });

  it('tells every kind and every sign of failure', () => {
    const told = tableRows(page).map(([cell]) => cell);
    expect(told).toEqual(expect.arrayContaining([...SPAN_KINDS, ...ERROR_SIGNALS]));
  });
});
