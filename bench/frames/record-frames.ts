import type { Page } from 'playwright-core';

/** Between two frames of a page: processor time of its main thread, and time on the clock, in milliseconds. */
export type Frame = { cpu: number; clock: number };

export type Recorded<T> = {
  result: T;
  frames: Frame[];
  /** Processor time of the main thread in milliseconds: in all, or since the answer from an address began to come. */
  cpuSince(url?: string): number;
};

type TraceEvent = {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  tdur?: number;
  args?: { data?: { url?: string; requestId?: string } };
};

/** Runs `act` and tells what the page's main thread did meanwhile, by the browser's own trace. */
export async function recordFrames<T>(page: Page, act: () => Promise<T>): Promise<Recorded<T>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  const includedCategories = ['toplevel', 'devtools.timeline'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  const result = await act();
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return { result, ...readTrace(events) };
}

function readTrace(events: readonly TraceEvent[]): Omit<Recorded<never>, 'result'> {
  const fired = events.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const [first] = fired;
  if (!first) throw new Error('expected the trace to hold frames, got none');
  const tasks = events.filter(
    ({ name, pid, tid }) =>
      name === 'ThreadControllerImpl::RunTask' && pid === first.pid && tid === first.tid,
  );
  const cpuOf = (some: readonly TraceEvent[]) => some.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  const frames = fired.slice(1).map(({ ts }, place) => {
    const from = fired[place]?.ts ?? ts;
    return { cpu: cpuOf(tasks.filter((task) => task.ts >= from && task.ts < ts)), clock: (ts - from) / 1000 };
  });
  const cpuSince = (url?: string) => {
    const began = url === undefined ? 0 : answerAt(events, url);
    return cpuOf(tasks.filter(({ ts }) => ts >= began));
  };
  return { frames, cpuSince };
}

function answerAt(events: readonly TraceEvent[], url: string): number {
  const request = events.find(
    ({ name, args }) => name === 'ResourceSendRequest' && args?.data?.url?.endsWith(url),
  );
  const answer = events.find(
    ({ name, args }) =>
      name === 'ResourceReceiveResponse' && args?.data?.requestId === request?.args?.data?.requestId,
  );
  if (!request || !answer) throw new Error(`expected an answer from ${url} in the trace`);
  return answer.ts;
}
