const paths = {
  hexagon: 'M7 1l5.2 3v6L7 13l-5.2-3V4z',
  spark: 'M7 .8l1.5 4.7L13.2 7l-4.7 1.5L7 13.2 5.5 8.5.8 7l4.7-1.5z',
  wrench:
    'M12.6 3.6a3.6 3.6 0 0 1-4.7 4.6l-4.3 4.4a1.6 1.6 0 0 1-2.2-2.2l4.4-4.3a3.6 3.6 0 0 1 4.6-4.7L8.2 3.6l.3 1.9 1.9.3z',
  magnifier: 'M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm3.3 7.8L13 13',
  shield: 'M7 .9l5.2 1.9v4.1c0 3-2.1 5-5.2 6.2C3.9 11.9 1.8 9.9 1.8 6.9V2.8z',
  person: 'M7 1.2a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM1.8 13c0-3 2.2-4.9 5.2-4.9s5.2 1.9 5.2 4.9z',
  step: 'M2 4h10v6H2z',
  dot: 'M7 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  chevron: 'M5 3l4 4-4 4',
  check: 'M2.5 7.5l3 3 6-7',
  cross: 'M3 3l8 8M11 3l-8 8',
  minus: 'M3 7h8',
  warning: 'M7 1.5l6 10.8H1zM7 5.5v3.2M7 10.3v.6',
  sun: 'M7 4.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM7 .8v1.6M7 11.6v1.6M.8 7h1.6M11.6 7h1.6M2.6 2.6l1.1 1.1M10.3 10.3l1.1 1.1M11.4 2.6l-1.1 1.1M3.7 10.3l-1.1 1.1',
} as const;

export type IconName = keyof typeof paths;

const solid: ReadonlySet<IconName> = new Set([
  'hexagon',
  'spark',
  'wrench',
  'shield',
  'person',
  'dot',
  'step',
]);

/** A mark that stands beside words: assistive technology skips it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const paint = solid.has(name)
    ? { fill: 'currentColor' }
    : { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round' as const };
  return (
    <svg className={`icon ${className}`} viewBox="0 0 14 14" aria-hidden="true">
      <path d={paths[name]} {...paint} />
    </svg>
  );
}
