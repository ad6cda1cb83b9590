import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { RunId } from '../../../domain/ids.ts';
import { COMMANDS, type Command } from '../keys/keymap.ts';
import { settingsPath } from '../pages/compare/compare-choice.ts';
import { tracesPath } from '../pages/traces/trace-filters.ts';
import { runPath, scenarioPath, tracePath, trialPath } from '../paths.ts';
import { facetQuery, runQuery, runsQuery, viewsQuery } from '../queries.ts';
import { verdictWord } from '../ui/verdict-mark.tsx';
import { type Entry, found, idOf } from './entries.ts';

/** Commands that mean nothing once the palette is closed again. */
const elsewhere: ReadonlySet<Command> = new Set(['next-row', 'previous-row', 'mark', 'back']);
const mostAgents = 100;

/** What there is to go to and to do, as far as it has been read, narrowed by what was typed. */
export function useEntries(text: string, run: Record<Command, () => void>): Entry[] {
  const [, navigate] = useLocation();
  const { data: runs } = useQuery(runsQuery(null));
  const newest = runs?.runs[0]?.id;
  const { data: run0 } = useQuery({ ...runQuery(newest ?? ('' as RunId)), enabled: newest !== undefined });
  const { data: agents } = useQuery(facetQuery('agent', '30d', mostAgents));
  const { data: views } = useQuery(viewsQuery('traces'));
  const way = (kind: string, label: string, path: string, detail = ''): Entry => ({
    id: `${kind} ${path}`,
    kind,
    label,
    detail,
    act: () => navigate(path),
  });

  const commands = COMMANDS.filter(({ command }) => !elsewhere.has(command)).map(
    ({ command, label, keys }): Entry => ({
      id: command,
      kind: command.startsWith('go-') ? 'page' : 'do',
      label,
      detail: keys.join(' '),
      act: run[command],
    }),
  );
  const scenarios = new Map(run0?.trials.map(({ scenarioId, title }) => [scenarioId, title]));
  const groups = new Set(runs?.runs.flatMap(({ group }) => group ?? []));
  const all = [
    ...commands,
    ...(views?.views ?? []).map(({ name, search }) => way('view', name, `/traces?${search}`)),
    ...(runs?.runs ?? []).map((one) =>
      way('run', `${one.pack}, ${one.agent}`, runPath(one.id), `${one.id} ${verdictWord(one)}`),
    ),
    ...[...groups].map((group) =>
      way('settings', group, settingsPath(group), 'compare the settings of a command'),
    ),
    ...(agents?.facet.values ?? []).flatMap(({ value }) =>
      value === null ? [] : [way('agent', value, tracesPath({ agent: value }), 'its traces')],
    ),
    ...(newest === undefined
      ? []
      : [...scenarios].map(([id, title]) => way('scenario', title, scenarioPath(newest, id), id))),
  ];
  const named = idOf(text);
  if (named) {
    const path = named.kind === 'trace' ? tracePath(named.id) : trialPath(named.id);
    return [way(named.kind, named.id, path)];
  }
  return found(all, text);
}
