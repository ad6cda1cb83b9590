import { CartesianGrid, ErrorBar, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { RunSummary } from '../../../../domain/run.ts';

const percents = [0, 0.25, 0.5, 0.75, 1];
const tick = { fill: 'var(--text-muted)', fontSize: 12 };

/** Pass rates with their intervals, a point a setting by its number in the table, which is the twin in figures. */
export function SettingChart({ runs }: { runs: readonly RunSummary[] }) {
  const data = runs.flatMap(({ passRate: { n, rate, low, high } }, place) =>
    n === 0 ? [] : [{ place: place + 1, rate, interval: [rate - low, high - rate] }],
  );
  return (
    <figure className="chart">
      <figcaption>
        Pass rate of each setting, 95 % interval, by its number; the same figures are in the table.
      </figcaption>
      <div className="chart-space" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <ScatterChart
            data={data}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis
              dataKey="place"
              type="number"
              domain={[0.5, runs.length + 0.5]}
              ticks={runs.map((_, place) => place + 1)}
              tick={tick}
              stroke="var(--border-strong)"
            />
            <YAxis
              dataKey="rate"
              type="number"
              domain={[0, 1]}
              ticks={percents}
              tickFormatter={(rate: number) => `${rate * 100} %`}
              tick={tick}
              stroke="none"
              width={48}
            />
            <Scatter fill="var(--text)" isAnimationActive={false}>
              <ErrorBar
                dataKey="interval"
                direction="y"
                width={6}
                strokeWidth={1}
                stroke="var(--text-muted)"
                isAnimationActive={false}
              />
            </Scatter>
          </ScatterChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
