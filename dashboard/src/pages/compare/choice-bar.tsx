import { formatPercent } from '../../../../domain/format.ts';
import type { RunSummary } from '../../../../domain/run.ts';
import { formatAge } from '../../ui/age.ts';
import { shownLabel } from '../../ui/shown-text.ts';
import { CHOICES, type ChoiceBy, type CompareChoice, optionsOf, packsOf } from './compare-choice.ts';

type ChoiceBarProps = {
  choice: CompareChoice;
  runs: readonly RunSummary[];
  onChange: (choice: CompareChoice) => void;
};

/** What is compared with what. Its state is the address. */
export function ChoiceBar({ choice, runs, onChange }: ChoiceBarProps) {
  const packs = packsOf(runs);
  const options = optionsOf(choice, runs);
  const side = (name: 'baseline' | 'candidate', label: string) => {
    const value = choice[name];
    const known = value === null || options.includes(value) ? options : [value, ...options];
    return (
      <label>
        <span>{label}</span>
        <select
          className="wide-select"
          value={value ?? ''}
          onChange={({ target }) => onChange({ ...choice, [name]: target.value || null })}
        >
          <option value="">choose</option>
          {known.map((option) => (
            <option key={option} value={option}>
              {optionWords(choice.by, option, runs)}
            </option>
          ))}
        </select>
      </label>
    );
  };
  return (
    <form
      className="filters"
      aria-label="Choose what to compare"
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        <span>Compare</span>
        <select
          data-filter
          value={choice.by}
          onChange={({ target }) =>
            onChange({ ...choice, by: target.value as ChoiceBy, baseline: null, candidate: null })
          }
        >
          {CHOICES.map(({ by, label }) => (
            <option key={by} value={by}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {choice.by !== 'run' && (
        <label>
          <span>On the pack</span>
          <select
            value={choice.pack ?? packs[0] ?? ''}
            onChange={({ target }) =>
              onChange({ ...choice, pack: target.value, baseline: null, candidate: null })
            }
          >
            {packs.map((pack) => (
              <option key={pack}>{pack}</option>
            ))}
          </select>
        </label>
      )}
      {side('baseline', 'Baseline')}
      {side('candidate', 'Candidate')}
      <button
        type="button"
        disabled={choice.baseline === null && choice.candidate === null}
        onClick={() => onChange({ ...choice, baseline: choice.candidate, candidate: choice.baseline })}
      >
        Swap
      </button>
    </form>
  );
}

function optionWords(by: ChoiceBy, option: string, runs: readonly RunSummary[]): string {
  const run = by === 'run' ? runs.find(({ id }) => id === option) : undefined;
  if (!run) return shownLabel(option);
  const rate = run.passRate.n === 0 ? 'no trials' : formatPercent(run.passRate.rate);
  const commit = run.commit === null ? '' : ` ${run.commit.slice(0, 7)}`;
  const what = `${commit}: ${run.agent} ${run.agentVersion}, ${run.model} on ${run.pack}`;
  return `${formatAge(run.start, Date.now() * 1000)}, ${rate}${shownLabel(what)}`;
}
