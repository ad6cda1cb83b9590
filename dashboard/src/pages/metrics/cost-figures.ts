import { COST_DIMENSIONS, type CostDimension, type WastedCost } from '../../../../domain/cost-row.ts';
import type { CostPoint, OutcomeCosts } from '../../../../domain/outcome-report.ts';

type CostSum = Omit<CostPoint, 'start' | 'value' | 'maturing' | 'cost' | 'wasted'> & {
  cost: number;
  wasted: Record<keyof WastedCost, number>;
};

export type CostsPer = CostSum & {
  /** Nano-dollars; `null` where there is nothing to divide by, or nothing was priced. */
  perMessage: number | null;
  perReply: number | null;
  perMeeting: number | null;
};

export function sumPoints(points: readonly CostPoint[]): CostSum {
  const sum = (of: (point: CostPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  return {
    traces: sum(({ traces }) => traces),
    messages: sum(({ messages }) => messages),
    replied: sum(({ replied }) => replied),
    positive: sum(({ positive }) => positive),
    meetings: sum(({ meetings }) => meetings),
    unpricedCalls: sum(({ unpricedCalls }) => unpricedCalls),
    cost: sum(({ cost }) => cost),
    wasted: {
      failures: sum(({ wasted }) => wasted.failures),
      loops: sum(({ wasted }) => wasted.loops),
      retries: sum(({ wasted }) => wasted.retries),
    },
  };
}

/** What mature messages, their replies and meetings cost: young ones would make a reply look dear. */
export function costsPer({ points }: Pick<OutcomeCosts, 'points'>): CostsPer {
  const sum = sumPoints(points.filter(({ maturing }) => !maturing));
  const priced = sum.cost > 0 || sum.unpricedCalls === 0;
  const per = (count: number) => (count === 0 || !priced ? null : sum.cost / count);
  return { ...sum, perMessage: per(sum.messages), perReply: per(sum.replied), perMeeting: per(sum.meetings) };
}

/** Cost by one dimension, the dearest first. */
export function costsBy({ rows }: Pick<OutcomeCosts, 'rows'>, by: CostDimension) {
  return [...Map.groupBy(rows, (row) => row[by])]
    .map(([value, members]) => ({
      value,
      calls: members.reduce((sum, { calls }) => sum + calls, 0),
      cost: members.reduce((sum, { cost }) => sum + cost, 0),
      unpricedCalls: members.reduce((sum, row) => sum + row.unpricedCalls, 0),
    }))
    .sort((left, right) => right.cost - left.cost);
}

/** The dimensions that tell calls apart here: one that has a single value says nothing. */
export function tellingDimensions({ rows }: Pick<OutcomeCosts, 'rows'>): CostDimension[] {
  const telling = COST_DIMENSIONS.filter((name) => new Set(rows.map((row) => row[name])).size > 1);
  return telling.length > 0 ? telling : ['model'];
}
