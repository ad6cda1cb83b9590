import { formatCount } from '../../../../domain/format.ts';
import { tokensOf } from '../../../../domain/tokens-of.ts';
import type { Usage } from '../../../../domain/usage.ts';
import { TOKEN_BUCKETS } from '../../ui/tokens.ts';

/** Tokens by exclusive bucket. A bucket that the emitter did not report is left out, a zero is not. */
export function TokenTable({ usage }: { usage: Usage }) {
  const total = tokensOf(usage);
  if (total === null) return null;
  return (
    <section>
      <h3>Tokens</h3>
      <table className="tokens">
        <caption className="visually-hidden">Tokens by bucket; no token is in two</caption>
        <tbody>
          {TOKEN_BUCKETS.map(({ bucket, label }) => {
            const count = usage[bucket];
            return count === null ? null : (
              <tr key={bucket}>
                <th scope="row">{label}</th>
                <td className="number">{formatCount(count)}</td>
              </tr>
            );
          })}
          <tr className="total">
            <th scope="row">Total</th>
            <td className="number">{formatCount(total)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
