import { Link } from 'wouter';
import type { WorldCall } from '../../../../domain/effect.ts';
import { formatDuration } from '../../../../domain/format.ts';
import { tracePath } from '../../paths.ts';
import { JsonText } from '../../ui/json-text.tsx';
import { shownText } from '../../ui/shown-text.ts';

/** Every call to the world in order, with the faults that were injected and the answers that were given again. `start`: the world's clock at its beginning. */
export function CallTable({ calls, start }: { calls: readonly WorldCall[]; start: number }) {
  return (
    <div className="table-scroll">
      <table className="top">
        <caption className="visually-hidden">Calls to the world</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              Call
            </th>
            <th scope="col" className="number" title="Since the start, in the world's own time">
              At
            </th>
            <th scope="col">Operation</th>
            <th scope="col" className="number">
              Status
            </th>
            <th scope="col">Fault</th>
            <th scope="col">Request and response</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.number} call={call} start={start} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CallRow({ call, start }: { call: WorldCall; start: number }) {
  const name = `${call.service} ${call.operation}`;
  return (
    <tr>
      <th scope="row" className="number">
        {call.number}
      </th>
      <td className="number">{formatDuration(Math.max(0, call.at - start))}</td>
      <td>
        {call.traceId && call.spanId ? <Link href={tracePath(call.traceId, call.spanId)}>{name}</Link> : name}
        {call.principal !== 'agent' && ` by ${call.principal}`}
      </td>
      <td className={call.status >= 400 ? 'number fail' : 'number'}>{call.status}</td>
      <td>
        <span className="warn">{call.fault}</span>
        {call.redeliveryOf !== null && ` of call ${call.redeliveryOf}`}
        {call.replayOf !== null && ` answered as call ${call.replayOf}`}
      </td>
      <td className="cut">
        <details>
          <summary>{shownText(summaryOf(call))}</summary>
          <JsonText value={call.request} />
          <JsonText value={call.response} />
        </details>
      </td>
    </tr>
  );
}

const summaryCharacters = 200;

function summaryOf({ request }: WorldCall): string {
  const text = request === null ? 'no body' : JSON.stringify(request);
  return text.length > summaryCharacters ? `${text.slice(0, summaryCharacters)}…` : text;
}
