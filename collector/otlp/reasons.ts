/** One text for many rejections: each reason with how often it holds, the commonest first. */
export function summariseReasons(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const lines = [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([reason, count]) => (count === 1 ? reason : `${reason} (${count} times)`));
  const shown = lines.slice(0, 5);
  const more = lines.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more reasons` : '');
}
