type IntervalLineProps = {
  interval: { value: number; low: number; high: number };
  /** Where there is no difference. */
  none: number;
  /** Half the width of the drawing, in the unit of the interval. */
  reach: number;
};

/** An interval on a line with "no difference" in its middle. Its figures stand beside it. */
export function IntervalLine({ interval: { value, low, high }, none, reach }: IntervalLineProps) {
  const x = (at: number) => Math.max(0, Math.min(100, 50 + ((at - none) / reach) * 50));
  return (
    <svg className="rate-line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 5h100" className="rate-axis" />
      <path d="M50 0v10" className="rate-none" />
      <path d={`M${x(low)} 5H${x(high)}`} className="rate-range" />
      <path d={`M${x(value)} 1v8`} className="rate-point" />
    </svg>
  );
}
