import { CartesianGrid, ErrorBar, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { PassRateHistory } from './pass-rate-history.ts';

const percents = [0, 0.25, 0.5, 0.75, 1];

/** Pass rate with its interval, run by run. The table below it is its twin in figures. */
export function PassRateChart({ history: { pack, agent, model, points } }: { history: PassRateHistory }) {
  const data = points.map((point) => ({ ...point, interval: [point.below, point.above] }));
  return (
    <figure className="chart">
      <figcaption>
        Pass rate of {agent} with {model} on {pack}, 95 % interval, oldest to newest; the same figures are in
        the table.
      </figcaption>
      <div className="chart-space" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={data}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis
              dataKey="runId"
              tickFormatter={(_, index) => points[index]?.label ?? ''}
              tick={{ fill: 'var(--text-muted)', fontSize: 12 }}
              stroke="var(--border-strong)"
              padding={{ left: 24, right: 24 }}
            />
            <YAxis
              domain={[0, 1]}
              ticks={percents}
              tickFormatter={(rate: number) => `${rate * 100} %`}
              tick={{ fill: 'var(--text-muted)', fontSize: 12 }}
              stroke="none"
              width={48}
            />
            <Line
              dataKey="rate"
              type="linear"
              stroke="var(--text)"
              strokeWidth={1.5}
              dot={{ r: 3, fill: 'var(--text)', stroke: 'none' }}
              activeDot={false}
              isAnimationActive={false}
            >
              <ErrorBar
                dataKey="interval"
                width={6}
                strokeWidth={1}
                stroke="var(--text-muted)"
                isAnimationActive={false}
              />
            </Line>
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
