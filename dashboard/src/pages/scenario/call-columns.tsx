import { Link } from 'wouter';
import { agentCalls, type Divergence, firstDivergence } from '../../../../domain/divergence.ts';
import type { WorldCall } from '../../../../domain/effect.ts';
import { jsonWords } from '../../../../domain/matcher-words.ts';
import type { Trial } from '../../../../domain/trial.ts';
import { tracePath } from '../../paths.ts';
import { numbered } from '../../ui/numbered.ts';
import { shownText } from '../../ui/shown-text.ts';

type CallColumnsProps = { trials: readonly Trial[]; nameOf: (trial: Trial) => string };

/** The calls of trials side by side, call by call. Each trial is compared with the first: where it parts is marked. */
export function CallColumns({ trials, nameOf }: CallColumnsProps) {
  const columns = trials.map(({ calls }) => agentCalls(calls));
  const [first = []] = columns;
  const partings = columns.map((calls) => (calls === first ? null : firstDivergence(first, calls)));
  const length = Math.max(0, ...columns.map((calls) => calls.length));
  if (length === 0) return <p className="muted">None of these trials called anything.</p>;
  return (
    <>
      <ul className="partings">
        {trials.map((trial, column) =>
          column === 0 ? null : (
            <li key={trial.id}>
              {partingWords(nameOf(trial), nameOf(trials[0] ?? trial), partings[column] ?? null)}
            </li>
          ),
        )}
      </ul>
      <div className="table-scroll">
        <table className="top call-columns">
          <caption className="visually-hidden">Calls to the world, one column a trial</caption>
          <thead>
            <tr>
              <th scope="col" className="number">
                Call
              </th>
              {trials.map((trial) => (
                <th key={trial.id} scope="col">
                  {nameOf(trial)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(Array.from({ length }, (_, place) => place)).map(({ number: call, item: place }) => (
              <tr key={call}>
                <th scope="row" className="number">
                  {call}
                </th>
                {numbered(columns).map(({ number, item: calls }, column) => (
                  <td key={number} className={partings[column]?.place === place ? 'parting' : undefined}>
                    <CallCell call={calls[place] ?? null} parting={partings[column] ?? null} place={place} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type CallCellProps = { call: WorldCall | null; parting: Divergence | null; place: number };

function CallCell({ call, parting, place }: CallCellProps) {
  const parts = parting?.place === place;
  if (!call) return parts ? <span className="warn">parts here: no more calls</span> : null;
  const name = `${call.service} ${call.operation}`;
  return (
    <>
      {call.traceId && call.spanId ? <Link href={tracePath(call.traceId, call.spanId)}>{name}</Link> : name}{' '}
      <span className={call.status >= 400 ? 'fail' : 'muted'}>{call.status}</span>
      {call.fault && <span className="tag">{call.fault}</span>}
      {parts && <p className="warn">parts here</p>}
    </>
  );
}

function partingWords(who: string, first: string, parting: Divergence | null): string {
  const other = first.charAt(0).toLowerCase() + first.slice(1);
  if (!parting) return `${who} makes the same calls as ${other} and gets the same answers.`;
  const at = `at call ${parting.place + 1}`;
  if (!parting.difference) return `${who} parts from ${other} ${at}: one of them makes no more calls.`;
  const { path, left, right } = parting.difference;
  const verb = parting.by === 'asked' ? 'asks for another thing' : 'gets another answer';
  return `${who} ${verb} than ${other} ${at}: ${path} is ${shown(right)}, not ${shown(left)}.`;
}

const longest = 120;

function shown(value: Parameters<typeof jsonWords>[0] | undefined): string {
  if (value === undefined) return 'absent';
  const words = shownText(jsonWords(value));
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
