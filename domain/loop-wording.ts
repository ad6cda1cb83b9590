import { formatCost, formatCount, formatDuration } from './format.ts';
import type { LoopFinding, Waste } from './loop.ts';

/** What looped: `search`, `search, lookup`, `writer and critic`, or the words of a limit. */
export function whatLooped(finding: LoopFinding): string {
  switch (finding.kind) {
    case 'stretch':
      return finding.tool;
    case 'cycle':
      return finding.sequence.join(', ');
    case 'ping-pong':
      return finding.agents.join(' and ');
    case 'limit':
      return finding.said;
  }
}

/** How often: `x7`; of a stretch its steps; of a limit those that were for nothing, empty for none. */
export function howOften(finding: LoopFinding): string {
  if (finding.kind === 'cycle' || finding.kind === 'ping-pong') return `x${finding.times}`;
  if (finding.kind === 'limit' && finding.steps === 0) return '';
  return finding.steps === 1 ? '1 step' : `${formatCount(finding.steps)} steps`;
}

/** The finding in a few words. @example 'cycle of search, lookup x7', 'ping-pong of writer and critic x4' */
export function describeFinding(finding: LoopFinding): string {
  switch (finding.kind) {
    case 'stretch':
      return `${howOften(finding)} in a row without progress, ${finding.tool} in ${formatCount(finding.count)} of them`;
    case 'cycle':
      return finding.sequence.length === 1
        ? `${whatLooped(finding)} called ${howOften(finding)} with the same result`
        : `cycle of ${whatLooped(finding)} ${howOften(finding)}`;
    case 'ping-pong':
      return `ping-pong of ${whatLooped(finding)} ${howOften(finding)}`;
    case 'limit':
      return finding.limit === 'steps'
        ? `ended by a limit of steps: ${finding.said}`
        : `last answer cut: ${finding.said}`;
  }
}

/** `4 ms, 1,234 tokens, $0.0042`; no tokens where no model call is known to have led to the steps. */
export function describeWaste({ duration, tokens, cost }: Waste): string {
  if (tokens === 0 && (cost === null || cost === 0)) return formatDuration(duration);
  return `${formatDuration(duration)}, ${formatCount(tokens)} tokens, ${formatCost(cost)}`;
}
