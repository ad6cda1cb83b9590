import {
  Area,
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { formatRate } from '../../../../domain/format.ts';
import { dashOf, strokeOf } from './series-look.ts';

/** A line with its band; `null` where there is none. */
export type Curve = { label: string; points: (CurvePoint | null)[] };
type CurvePoint = { value: number; low: number; high: number };

type RateLineChartProps = {
  /** Places on the axis, and how each is called. */
  places: readonly number[];
  nameOf: (place: number) => string;
  curves: readonly Curve[];
  top: number;
  /** Places that are named; default: as many as there is room for. */
  ticks?: readonly number[];
  reference?: { value: number; label: string };
  /** From where on what is drawn is not final. */
  pale?: { from: number; label: string } | null;
  /** A share stays as it is until it changes. */
  steps?: boolean;
  /** `line`: the index of the curve whose point was hit; `null` beside all of them. */
  onPick: (place: number, line: number | null) => void;
};

const tick = { fill: 'var(--text-muted)', fontSize: 12 };

/** Rates with their intervals over time. Its figures are in the table beside it. */
export function RateLineChart(props: RateLineChartProps) {
  const { places, nameOf, curves, top, ticks, reference, pale, steps = false, onPick } = props;
  const data = places.map((place, at) => ({
    place,
    ...Object.fromEntries(
      curves.flatMap(({ points }, index) => {
        const point = points[at];
        return [
          [`rate${index}`, point?.value ?? null],
          [
            `reach${index}`,
            point ? [point.value - point.low, Math.min(point.high, top) - point.value] : null,
          ],
          [`band${index}`, point ? [point.low, Math.min(point.high, top)] : null],
        ];
      }),
    ),
  }));
  const type = steps ? 'stepAfter' : 'linear';
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        margin={{ top: 16, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        className="pickable"
        onClick={({ activeLabel }) => activeLabel !== undefined && onPick(Number(activeLabel), null)}
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="place"
          type="number"
          domain={['dataMin', 'dataMax']}
          {...(ticks ? { ticks: [...ticks] } : {})}
          tickFormatter={nameOf}
          tick={tick}
          stroke="var(--border-strong)"
          minTickGap={32}
          padding={{ left: 8, right: 8 }}
        />
        <YAxis
          domain={[0, top]}
          allowDataOverflow
          tickFormatter={formatRate}
          tick={tick}
          stroke="none"
          width={56}
        />
        {pale && (
          <ReferenceArea
            x1={pale.from}
            fill="var(--surface-selected)"
            fillOpacity={0.6}
            label={{ value: pale.label, position: 'insideTop', fill: 'var(--text-muted)', fontSize: 12 }}
          />
        )}
        {curves.map(({ label }, index) => (
          <Area
            key={`band ${label}`}
            dataKey={`band${index}`}
            type={type}
            stroke="none"
            fill={strokeOf(index, curves.length)}
            fillOpacity={curves.length === 1 ? 0.16 : 0.1}
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
        {reference && (
          <ReferenceLine
            y={reference.value}
            stroke="var(--text-muted)"
            strokeDasharray="2 4"
            label={{
              value: reference.label,
              position: 'insideBottomRight',
              fill: 'var(--text-muted)',
              fontSize: 12,
            }}
          />
        )}
        {curves.map(({ label }, index) => (
          <Line
            key={label}
            dataKey={`rate${index}`}
            type={type}
            stroke={strokeOf(index, curves.length)}
            strokeWidth={2}
            {...dashOf(index)}
            dot={
              steps
                ? false
                : { r: 2.5, fill: strokeOf(index, curves.length), stroke: 'none', strokeDasharray: '' }
            }
            activeDot={({ cx, cy, payload }) => (
              <PointToPick
                centre={{ cx, cy }}
                fill={strokeOf(index, curves.length)}
                onPick={() => onPick(Number(payload.place), index)}
              />
            )}
            connectNulls
            isAnimationActive={false}
          >
            {places.length === 1 && (
              // A band needs two places.
              <ErrorBar
                dataKey={`reach${index}`}
                width={8}
                strokeWidth={2}
                stroke={strokeOf(index, curves.length)}
                isAnimationActive={false}
              />
            )}
          </Line>
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

type PointToPickProps = {
  centre: { cx: number | undefined; cy: number | undefined };
  fill: string;
  onPick: () => void;
};

/** The point of a line under the pointer. Keys reach the same in the table. */
function PointToPick({ centre, fill, onPick }: PointToPickProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a chart is drawn for the eye; its table has the links.
    <circle
      {...centre}
      r={5}
      fill={fill}
      onClick={(event) => {
        event.stopPropagation();
        onPick();
      }}
    />
  );
}
