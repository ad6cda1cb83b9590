import type { ReactNode } from 'react';
import { CartesianGrid, ErrorBar, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { PassRatePoint } from './pass-rate-point.ts';

type PassRateChartProps = {
  caption: ReactNode;
  points: readonly PassRatePoint[];
  /** Whether they follow each other; else each stands alone. */
  joined: boolean;
  onPick: (runId: string) => void;
};

const percents = [0, 0.25, 0.5, 0.75, 1];
const tick = { fill: 'var(--text-muted)', fontSize: 12 };

/** Pass rates of runs with their intervals. The table beside it is its twin in figures, with the same ways on. */
export function PassRateChart({ caption, points, joined, onPick }: PassRateChartProps) {
  const data = points.map((point) => ({ ...point, interval: [point.below, point.above] }));
  return (
    <figure className="chart">
      <figcaption>{caption}</figcaption>
      <div className="chart-space" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            className="pickable"
            data={data}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            onClick={({ activeLabel }) => activeLabel !== undefined && onPick(String(activeLabel))}
          >
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis
              dataKey="runId"
              scale="band"
              tickFormatter={(_, index) => points[index]?.label ?? ''}
              tick={tick}
              stroke="var(--border-strong)"
            />
            <YAxis
              domain={[0, 1]}
              ticks={percents}
              tickFormatter={(rate: number) => `${rate * 100} %`}
              tick={tick}
              stroke="none"
              width={48}
            />
            <Line
              dataKey="rate"
              type="linear"
              stroke={joined ? 'var(--text)' : 'none'}
              strokeWidth={1.5}
              dot={{ r: 3, fill: 'var(--text)', stroke: 'none' }}
              activeDot={{ r: 5, fill: 'var(--text)', stroke: 'none' }}
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
