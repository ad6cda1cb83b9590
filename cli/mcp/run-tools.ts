import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { RunId, TrialId } from '../../domain/ids.ts';
import { ledgerOf } from '../../domain/ledger.ts';
import { LEDGER_WORDS, subjectOf } from '../../domain/ledger-words.ts';
import { explanationOf, outcomeWords } from '../../domain/outcome-words.ts';
import type { Trial } from '../../domain/trial.ts';
import { VERDICT_WORDS } from '../../domain/verdict-words.ts';
import { type Api, bodyOf, given } from './api.ts';
import { quoted } from './quoted.ts';

const readOnly = { readOnlyHint: true, openWorldHint: false };
const mostTurns = 20;
const mostTrials = 50;

/** Tools that read rehearsals. */
export function addRunTools(server: McpServer, api: Api): void {
  server.registerTool(
    'list_runs',
    {
      description: 'Rehearsals of agents, newest first, with their pass rates and verdicts.',
      inputSchema: z.object({
        limit: z.int().min(1).max(50).default(20),
        cursor: z.string().optional().describe('from the answer before'),
      }),
      annotations: readOnly,
    },
    async ({ limit, cursor }) => {
      const query = given({ limit: String(limit), before: cursor });
      const { runs, next } = await bodyOf(api.runs.$get({ query }));
      const rows = runs.map(({ verdict, ...run }) => ({ ...run, verdict: verdict?.kind ?? null }));
      return quoted('Runs.', rows, { shown: rows.length, total: null, next });
    },
  );

  server.registerTool(
    'explain_verdict',
    {
      description: 'Why a run passed or not: the reasons of the gate, and the trials that failed.',
      inputSchema: z.object({ run_id: RunId }),
      annotations: readOnly,
    },
    async ({ run_id: runId }) => {
      const { run, trials } = await bodyOf(api.runs[':runId'].$get({ param: { runId } }));
      const { verdict, ...figures } = run;
      const bad = trials.filter(({ outcome }) => outcome.kind !== 'passed');
      const shown = bad.slice(0, mostTrials).map(({ id, scenarioId, outcome, traceId }) => ({
        trialId: id,
        scenarioId,
        outcome: outcomeWords(outcome),
        why: explanationOf(outcome),
        traceId,
      }));
      const words = verdict === null ? 'No verdict yet' : VERDICT_WORDS[verdict.kind];
      const { evidence: _, ...told } = verdict ?? { evidence: null };
      const data = { run: figures, verdict: told, trialsThatDidNotPass: shown };
      return quoted(`${words}.`, data, { shown: shown.length, total: bad.length, next: null });
    },
  );

  server.registerTool(
    'get_trial',
    {
      description:
        'A trial: what the agent was told, what it should have done, what it did, and why it failed.',
      inputSchema: z.object({ trial_id: TrialId }),
      annotations: readOnly,
    },
    async ({ trial_id: trialId }) => {
      const { trial, run } = await bodyOf(api.trials[':trialId'].$get({ param: { trialId } }));
      const turns = trial.turns.slice(0, mostTurns);
      const data = { agent: run.agent, model: run.model, ...account(trial as Trial), said: turns };
      const shown = { shown: turns.length, total: trial.turns.length, next: null };
      return quoted(`${outcomeWords(trial.outcome)}. Of what was said:`, data, shown);
    },
  );
}

function account(trial: Trial) {
  const { scenario, outcome, scores, journal, turns, traceId, figures } = trial;
  const ledger = ledgerOf(scenario.expect, journal, turns);
  return {
    scenario: scenario.id,
    title: scenario.title,
    told: scenario.start.message,
    outcome: outcomeWords(outcome),
    why: explanationOf(outcome),
    ledger: ledger.rows.map((row) => ({
      state: LEDGER_WORDS[row.state],
      ...subjectOf(row),
      columns: row.columns,
    })),
    findings: scores.flatMap((score) => (score.kind === 'scored' ? score.findings : [])),
    traceId,
    figures,
  };
}
