import {
  counted,
  formatCount,
  formatRate,
  formatRateInterval,
  formatUnitCost,
} from '../../../../domain/format.ts';
import {
  type OutcomeSplit,
  type RateBase,
  rateOf,
  rateOfSplit,
  sumCounts,
} from '../../../../domain/outcome-cohort.ts';
import type { OutcomeCosts } from '../../../../domain/outcome-report.ts';
import type { Rate } from '../../../../domain/rate.ts';
import { Figure, Figures } from '../../ui/figure.tsx';
import { costsPer } from './cost-figures.ts';
import { BASE_WORDS, whyNone } from './rate-words.ts';

type MetricFiguresProps = {
  overall: OutcomeSplit;
  base: RateBase;
  days: number;
  /** `null` while they are on their way. */
  costs: OutcomeCosts | null;
};

/** The figures at the head of the page, each with its denominator. */
export function MetricFigures({ overall, base, days, costs }: MetricFiguresProps) {
  const { mature, maturing } = overall;
  const rate = rateOfSplit(overall, base);
  const positive = base === 'delivered' ? overall.positivePerDelivered : overall.positivePerSent;
  const meetings = rateOf(mature.meetings, mature.sent);
  const cost = costs && costsPer(costs);
  const per = BASE_WORDS[base].one;
  // Of what was never told it is not known that it did not happen.
  const told = sumCounts([mature, maturing]);
  return (
    <Figures>
      <Figure
        name={`Replies per ${per}`}
        value={rate ? formatRate(rate.rate) : 'none'}
        note={rate ? <Denominator rate={rate} /> : whyNone(overall, base, days)}
      />
      {base === 'lead' ? (
        <RateFigure name="Replies per sent message" rate={overall.perSent} />
      ) : (
        <RateFigure name="Replied leads per contacted lead" rate={overall.perLead} />
      )}
      {told.positive > 0 ? (
        <RateFigure name={`Positive replies per ${base === 'lead' ? 'sent message' : per}`} rate={positive} />
      ) : (
        <Figure name="Positive replies" value="none" note="none was told of" />
      )}
      {told.meetings > 0 ? (
        <RateFigure name="Meetings per sent message" rate={meetings} />
      ) : (
        <Figure name="Meetings" value="none" note="none was told of" />
      )}
      <Figure
        name="Cost per reply"
        value={cost ? (cost.perReply === null ? 'none' : formatUnitCost(cost.perReply)) : '…'}
        note={
          cost
            ? `${counted(cost.replied, 'reply', 'replies')} to messages that name a trace, ${formatCount(cost.messages)} in all`
            : 'reading the traces'
        }
      />
      <Figure
        name="Still maturing"
        value={formatCount(maturing.sent)}
        note={`messages sent less than ${days} days ago, ${formatCount(maturing.replied)} of them answered so far; in no rate`}
      />
    </Figures>
  );
}

function RateFigure({ name, rate }: { name: string; rate: Rate | null }) {
  return (
    <Figure
      name={name}
      value={rate ? formatRate(rate.rate) : 'none'}
      note={rate ? <Denominator rate={rate} /> : 'not told'}
    />
  );
}

function Denominator({ rate }: { rate: Rate }) {
  return (
    <>
      {formatCount(rate.successes)} of {formatCount(rate.n)}
      <br />
      95 %: {formatRateInterval(rate)}
    </>
  );
}
