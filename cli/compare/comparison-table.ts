import { alignedLines } from '../../ci/aligned-lines.ts';
import type { Comparison } from './compare.ts';
import type { ComparedSetting } from './comparison.ts';
import { COLUMNS, preface } from './words.ts';

const WIDTH = 110;

/** The comparison for a terminal: what made it, then a table for each model. Pure. */
export function comparisonTable(comparison: Comparison): string {
  const tables = [...Map.groupBy(comparison.settings, ({ model }) => model)].map(
    ([model, settings]) => `${model}\n${tableOf(settings)}`,
  );
  const notes = COLUMNS.map(({ title, about }) => `${title}: ${about}`).join('; ');
  return [...preface(comparison).map(wrapped), ...tables, wrapped(notes)].join('\n\n');
}

function tableOf(settings: readonly ComparedSetting[]): string {
  const header = ['agent', 'tools', 'trials', ...COLUMNS.map(({ title }) => title)];
  const rows = settings.flatMap((setting) => {
    const figures = COLUMNS.map(({ of }) => of(setting));
    return [
      [setting.agent, String(setting.tools), trialsOf(setting), ...figures.map(({ value }) => value)],
      ['', '', '', ...figures.map(({ interval }) => interval)],
    ];
  });
  return alignedLines([header, ...rows]).join('\n');
}

function trialsOf({ trials, voided }: ComparedSetting): string {
  return voided > 0 ? `${trials} (${voided} void)` : String(trials);
}

function wrapped(text: string): string {
  return text.replace(new RegExp(`(?![^\\n]{1,${WIDTH}}$)([^\\n]{1,${WIDTH}})\\s`, 'g'), '$1\n');
}
