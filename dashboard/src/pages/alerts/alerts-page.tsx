import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { AlertEvent, WatchedRule } from '../../../../domain/alert.ts';
import { ALERT_METRICS, describeRule, formatMetric } from '../../../../domain/alert-metric.ts';
import { formatCount } from '../../../../domain/format.ts';
import { api, body } from '../../api.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Page } from '../../ui/page.tsx';
import { ScrolledTable } from '../../ui/scrolled-table.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';

const pollMillis = 10_000;

const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: ({ signal }) => body(api.alerts.$get({}, { init: { signal } })),
  refetchInterval: pollMillis,
});

const EXAMPLE = `"alerts": {
  "webhook": { "url": { "env": "ALERTS_URL" } },
  "rules": [{ "name": "errors", "on": "error-rate", "above": 0.1 }]
}`;

/** Is anything wrong now, and what was? */
export function AlertsPage() {
  const { data, error, refetch } = useQuery(alertsQuery);
  const firing = data?.rules.filter((one) => one.firing).length ?? 0;
  return (
    <Page
      title={data ? `${firing === 0 ? 'none firing' : `${firing} firing`}: Alerts` : 'Alerts'}
      crumbs={[{ label: 'Live', href: '/live' }]}
      heading="Alerts"
    >
      {error && !data ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the alerts" />
      ) : (
        <>
          <section aria-label="What is watched">
            {data.rules.length === 0 ? <NoRules /> : <RuleTable rules={data.rules} />}
          </section>
          {(data.rules.length > 0 || data.history.length > 0) && <History events={data.history} />}
        </>
      )}
    </Page>
  );
}

/** That something is wrong, where people look; nothing where nothing is. */
export function FiringNotice() {
  const { data } = useQuery(alertsQuery);
  const firing = data?.rules.filter((one) => one.firing) ?? [];
  if (firing.length === 0) return <Link href="/alerts">Alerts</Link>;
  return (
    <Link href="/alerts" className="fail">
      <Icon name="warning" /> {formatCount(firing.length)}{' '}
      {firing.length === 1 ? 'alert fires' : 'alerts fire'}: {firing.map(({ rule }) => rule.name).join(', ')}
    </Link>
  );
}

function NoRules() {
  return (
    <Empty title="Nothing is watched yet">
      <p>Rules stand in rehearse.config.json, which the collector reads when it starts:</p>
      <pre className="command">{EXAMPLE}</pre>
    </Empty>
  );
}

function RuleTable({ rules }: { rules: readonly WatchedRule[] }) {
  return (
    <ScrolledTable label="Rules">
      <table>
        <caption>What is watched</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Rule</th>
            <th scope="col">Fires at</th>
            <th scope="col">Of</th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              Seen
            </th>
            <th scope="col" className="number">
              Evaluated
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((watched) => (
            <RuleRow key={watched.rule.name} watched={watched} />
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function RuleRow({ watched: { rule, firing, reading, at } }: { watched: WatchedRule }) {
  const scope = [rule.agent, rule.service].filter((part) => part !== null);
  return (
    <tr>
      <td>
        <span className={firing ? 'mark fail' : 'mark pass'}>
          <Icon name={firing ? 'warning' : 'check'} /> {firing ? 'firing' : 'quiet'}
        </span>
      </td>
      <th scope="row">{rule.name}</th>
      <td>
        {describeRule(rule)}
        {rule.on !== 'silence' && `, in ${formatCount(rule.minutes)} min`}
      </td>
      <td>{scope.length === 0 ? 'all' : scope.join(', ')}</td>
      <td className="number">
        {reading?.kind === 'value' ? (
          formatMetric(rule.on, reading.value)
        ) : (
          <span className="muted">{reading === null ? 'not yet' : reading.reason}</span>
        )}
      </td>
      <td className="number">
        {reading && rule.on !== 'silence' && `${formatCount(reading.sample)} ${ALERT_METRICS[rule.on].of}`}
      </td>
      <td className="number">{at !== null && <Moment at={at * 1000} />}</td>
    </tr>
  );
}

const kinds: Record<AlertEvent['kind'], { icon: IconName; tone: string }> = {
  fired: { icon: 'warning', tone: 'fail' },
  resolved: { icon: 'check', tone: 'pass' },
  delivered: { icon: 'chevron', tone: 'muted' },
  undelivered: { icon: 'cross', tone: 'fail' },
};

function History({ events }: { events: readonly AlertEvent[] }) {
  if (events.length === 0) return <Empty title="No alert has fired in 90 days" />;
  return (
    <ScrolledTable label="History">
      <table className="wrap">
        <caption>What was told in the last 90 days, latest first</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Rule</th>
            <th scope="col">In words</th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ id, kind, rule, text, at }) => (
            <tr key={`${id} ${kind}`}>
              <td>
                <span className={`mark ${kinds[kind].tone}`}>
                  <Icon name={kinds[kind].icon} /> {kind}
                </span>
              </td>
              <th scope="row" className="name">
                {rule}
              </th>
              <td className="wide">{text}</td>
              <td className="number">
                <Moment at={at * 1000} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}
