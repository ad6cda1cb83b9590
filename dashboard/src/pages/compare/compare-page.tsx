import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { RunSummary } from '../../../../domain/run.ts';
import type { ComparedSide, RunComparison } from '../../../../domain/run-comparison.ts';
import { runPath } from '../../paths.ts';
import { runsQuery } from '../../queries.ts';
import { Name } from '../../ui/name.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { ChoiceBar } from './choice-bar.tsx';
import { type CompareChoice, choiceOf, comparePath, runsOf } from './compare-choice.ts';
import { comparisonQuery } from './compare-queries.ts';
import {
  changedFacts,
  elsewhereSentence,
  headline,
  LEANING_WORDS,
  leftOutWords,
  scenarioSentence,
} from './comparison-words.ts';
import { MeasureTable } from './measure-table.tsx';
import { ScenarioDifferences } from './scenario-differences.tsx';
import { SettingsPage } from './settings-page.tsx';

/** Which is better, by how much, and is it noise? With `?group=` of all settings that one command played. */
export function ComparePage() {
  const [search] = useSearchParams();
  const group = search.get('group');
  return group ? <SettingsPage group={group} /> : <Sides search={search} />;
}

function Sides({ search }: { search: URLSearchParams }) {
  const choice = choiceOf(search);
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery(runsQuery(null));
  const change = (next: CompareChoice) => navigate(comparePath(next));
  // Runs that are named need no list.
  const runs = data?.runs ?? (choice.by === 'run' && choice.baseline && choice.candidate ? [] : null);
  return error ? (
    <CompareFrame title="Compare">
      <Failure error={error} onRetry={() => void refetch()} />
    </CompareFrame>
  ) : !runs ? (
    <CompareFrame title="Compare">
      <Loading what="the runs" />
    </CompareFrame>
  ) : (
    <Chosen choice={choice} runs={runs} onChange={change} />
  );
}

function CompareFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title} crumbs={[{ label: 'Runs', href: '/' }]} heading="Compare">
      {children}
    </Page>
  );
}

type ChosenProps = {
  choice: CompareChoice;
  runs: readonly RunSummary[];
  onChange: (choice: CompareChoice) => void;
};

function Chosen({ choice, runs, onChange }: ChosenProps) {
  const baseline = runsOf(choice, choice.baseline, runs);
  const candidate = runsOf(choice, choice.candidate, runs);
  const both = baseline.length > 0 && candidate.length > 0;
  const { data, error, refetch } = useQuery({ ...comparisonQuery(baseline, candidate), enabled: both });
  const passed = data?.comparison.measures?.passed;
  return (
    <CompareFrame title={passed ? `Compare: ${LEANING_WORDS[passed.leaning]}` : 'Compare'}>
      <ChoiceBar choice={choice} runs={runs} onChange={onChange} />
      {!both ? (
        <Unchosen choice={choice} sides={{ baseline, candidate }} runs={runs} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the comparison" />
      ) : (
        <Compared comparison={data.comparison} />
      )}
    </CompareFrame>
  );
}

type UnchosenProps = {
  choice: CompareChoice;
  sides: Record<'baseline' | 'candidate', readonly string[]>;
  runs: readonly RunSummary[];
};

function Unchosen({ choice, sides, runs }: UnchosenProps) {
  if (runs.length < 2) {
    return (
      <Empty title="There are no two runs to compare yet">
        <p>Play a pack twice, before a change and after it:</p>
        <pre className="command">npm run rehearse -- run sdr --agent alice-react</pre>
      </Empty>
    );
  }
  const missing = (['baseline', 'candidate'] as const).find(
    (side) => choice[side] !== null && sides[side].length === 0,
  );
  if (missing) {
    return (
      <Empty title={`No run of ${choice[missing]} among the newest ${runs.length}`}>
        <p>
          Choose another {missing}, or <Link href={comparePath({})}>compare two runs</Link>.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="Choose a baseline and a candidate">
      <p>
        The baseline is what you have, the candidate what you may take. Only trials of the same scenario are
        held against each other, and each scenario counts the same.
      </p>
    </Empty>
  );
}

const ANSWER_TONES = { better: 'pass', worse: 'fail', unsure: 'warn', same: 'muted' } as const;

function Compared({ comparison }: { comparison: RunComparison }) {
  const { baseline, candidate, measures, exempt } = comparison;
  const changed = changedFacts(baseline, candidate);
  return (
    <>
      <div className="side-facts">
        <Side name="Baseline" side={baseline} />
        <Side name="Candidate" side={candidate} />
      </div>
      {measures ? (
        <div className="answer">
          <p className={`answer-word ${ANSWER_TONES[measures.passed.leaning]}`}>
            {LEANING_WORDS[measures.passed.leaning]}
          </p>
          <p>{headline(measures)}</p>
          <p className="muted">
            {elsewhereSentence(measures)} {scenarioSentence(comparison)}
          </p>
        </div>
      ) : (
        <Empty title="Nothing to compare">
          <p>
            No scenario has valid trials on both sides
            {exempt.some(({ why }) => why === 'changed') ? ', or they were changed between the two' : ''}.
            Choose runs of one pack.
          </p>
        </Empty>
      )}
      <ul className="notes">
        {changed.length === 0 ? (
          <li className="muted">Nothing that is known of the runs differs: a difference is noise.</li>
        ) : (
          <li>
            What differs:{' '}
            {changed.map(({ label, from, to }, place) => (
              <span key={label}>
                {place > 0 && '; '}
                {label} <Name of={from} /> → <Name of={to} />
              </span>
            ))}
            {changed.filter(({ label }) => label !== 'commit' && label !== 'seed').length > 1 && (
              <span className="warn">
                {' '}
                More than one thing changed: nobody can tell which of them did it.
              </span>
            )}
          </li>
        )}
        {leftOutWords(comparison).map((words) => (
          <li key={words} className="warn">
            {words}
          </li>
        ))}
      </ul>
      {measures && (
        <>
          <MeasureTable measures={measures} />
          <ScenarioDifferences comparison={comparison} />
        </>
      )}
    </>
  );
}

const shownRuns = 3;

function Side({ name, side: { runs } }: { name: string; side: ComparedSide }) {
  const [first] = runs;
  return (
    <p>
      <strong>{name}</strong>{' '}
      {first && (
        <>
          <Name of={`${first.agent} ${first.agentVersion}`} />, <Name of={first.model} />
          {first.simulated && <span className="tag">simulated</span>}{' '}
        </>
      )}
      {runs.slice(0, shownRuns).map((run) => (
        <Link key={run.id} href={runPath(run.id)} className="apart mono">
          {run.id}
        </Link>
      ))}
      {runs.length > shownRuns && <span className="muted"> and {runs.length - shownRuns} runs more</span>}
    </p>
  );
}
