import { lazy, Suspense, useCallback, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import type { RunId, TraceId, TrialId } from '../../domain/ids.ts';
import { KeyHelp } from './keys/key-help.tsx';
import { useCommands } from './keys/use-commands.ts';
import { useKeysSwitch } from './keys/use-keys-switch.ts';
import { AlertsPage } from './pages/alerts/alerts-page.tsx';
import { LivePage } from './pages/live/live-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { RunPage } from './pages/run/run-page.tsx';
import { RunsPage } from './pages/runs/runs-page.tsx';
import { ScenarioPage } from './pages/scenario/scenario-page.tsx';
import { TracePage } from './pages/trace/trace-page.tsx';
import { TracesPage } from './pages/traces/traces-page.tsx';
import { TrialPage } from './pages/trial/trial-page.tsx';
import { Palette } from './palette/palette.tsx';
import { usePaletteKey } from './palette/use-palette-key.ts';
import { decoded } from './paths.ts';
import { DefectBoundary } from './ui/defect-boundary.tsx';
import { ShardsNotice } from './ui/shards-notice.tsx';
import { TopBar } from './ui/top-bar.tsx';

const ComparePage = lazy(async () => ({
  default: (await import('./pages/compare/compare-page.tsx')).ComparePage,
}));
const AuditPage = lazy(async () => ({
  default: (await import('./pages/audit/audit-page.tsx')).AuditPage,
}));
const SqlPage = lazy(async () => ({ default: (await import('./pages/sql/sql-page.tsx')).SqlPage }));
const MetricsPage = lazy(async () => ({
  default: (await import('./pages/metrics/metrics-page.tsx')).MetricsPage,
}));

/** Every page under its address. An id in an address is checked by the API, which says what is wrong with it. */
export function App() {
  const [path] = useLocation();
  const [helpOpen, setHelpOpen] = useState(false);
  const [keysOn, setKeysOn] = useKeysSwitch();
  const showHelp = useCallback(() => setHelpOpen(true), []);
  const run = useCommands({ enabled: keysOn, showHelp });
  const [paletteOpen, setPaletteOpen] = useState(false);
  const showPalette = useCallback(() => setPaletteOpen(true), []);
  usePaletteKey(showPalette);

  return (
    <>
      <TopBar onHelp={showHelp} onPalette={showPalette} />
      <ShardsNotice />
      <DefectBoundary page={path}>
        <Switch>
          <Route path="/" component={RunsPage} />
          <Route path="/runs/:runId">{({ runId }) => <RunPage runId={decoded(runId) as RunId} />}</Route>
          <Route path="/runs/:runId/scenarios/:scenarioId">
            {({ runId, scenarioId }) => (
              <ScenarioPage runId={decoded(runId) as RunId} scenarioId={decoded(scenarioId)} />
            )}
          </Route>
          <Route path="/compare">
            <Suspense fallback={<main id="content" tabIndex={-1} />}>
              <ComparePage />
            </Suspense>
          </Route>
          <Route path="/trials/:trialId">{({ trialId }) => <TrialPage trialId={trialId as TrialId} />}</Route>
          <Route path="/traces" component={TracesPage} />
          <Route path="/traces/:traceId">
            {({ traceId }) => <TracePage key={traceId} traceId={traceId as TraceId} />}
          </Route>
          <Route path="/live" component={LivePage} />
          <Route path="/alerts" component={AlertsPage} />
          <Route path="/metrics">
            <Suspense fallback={<main id="content" tabIndex={-1} />}>
              <MetricsPage />
            </Suspense>
          </Route>
          <Route path="/sql">
            <Suspense fallback={<main id="content" tabIndex={-1} />}>
              <SqlPage />
            </Suspense>
          </Route>
          <Route path="/audit">
            <Suspense fallback={<main id="content" tabIndex={-1} />}>
              <AuditPage />
            </Suspense>
          </Route>
          <Route component={NotFoundPage} />
        </Switch>
      </DefectBoundary>
      <Palette open={paletteOpen} onClose={() => setPaletteOpen(false)} run={run} />
      <KeyHelp open={helpOpen} onClose={() => setHelpOpen(false)} enabled={keysOn} onEnable={setKeysOn} />
    </>
  );
}
