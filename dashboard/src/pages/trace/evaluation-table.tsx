import type { Evaluation } from '../../../../domain/evaluation.ts';
import { LongText } from '../../ui/long-text.tsx';
import { numbered } from '../../ui/numbered.ts';

/** What others' evaluators said; nothing where none did. */
export function EvaluationTable({ evaluations }: { evaluations: readonly Evaluation[] }) {
  if (evaluations.length === 0) return null;
  return (
    <section>
      <h3>Evaluations</h3>
      <table className="evaluations">
        <caption className="visually-hidden">What evaluators said, as they sent it</caption>
        <thead>
          <tr>
            <th scope="col">Evaluation</th>
            <th scope="col">Said</th>
            <th scope="col" className="number">
              Score
            </th>
          </tr>
        </thead>
        <tbody>
          {numbered(evaluations).map(({ number, item }) => (
            <tr key={number}>
              <th scope="row">
                {item.name}{' '}
                <span className="muted">{[subjectWords(item), byWords(item)].join(' ').trim()}</span>
              </th>
              <td>
                {item.errorType !== null && <span className="fail">failed: {item.errorType}</span>}
                {item.label}
                {item.explanation !== null && <LongText text={item.explanation} />}
              </td>
              <td className="number">{item.score ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function subjectWords({ subject }: Evaluation): string {
  return subject === 'span' ? '' : `of the ${subject}`;
}

function byWords({ evaluator }: Evaluation): string {
  return evaluator === null ? '' : `by a ${evaluator}`;
}
