import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatUnitCost } from '../../../../domain/format.ts';

type CostChartProps = {
  /** Cost in nano-dollars. */
  points: readonly { start: number; cost: number | null }[];
  nameOf: (start: number) => string;
  onPick: (start: number) => void;
};

const tick = { fill: 'var(--text-muted)', fontSize: 12 };

/** Money over time. Its figures are in the table beside it. */
export function CostChart({ points, nameOf, onPick }: CostChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        className="pickable"
        data={[...points]}
        margin={{ top: 16, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        onClick={({ activeLabel }) => activeLabel !== undefined && onPick(Number(activeLabel))}
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="start"
          tickFormatter={nameOf}
          tick={tick}
          stroke="var(--border-strong)"
          minTickGap={32}
        />
        <YAxis tickFormatter={formatUnitCost} tick={tick} stroke="none" width={80} />
        <Bar dataKey="cost" fill="var(--text-muted)" maxBarSize={24} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
