import type { Run } from '../../../../domain/run.ts';

/** A run that no gate has judged, and how to get a verdict. */
export function NotJudged({ run: { pack, agent, end } }: { run: Pick<Run, 'pack' | 'agent' | 'end'> }) {
  if (end === null) return null;
  return (
    <section aria-labelledby="not-judged">
      <h2 id="not-judged">No gate has judged this run</h2>
      <p>
        Its rates say how often it passed, not whether it became worse. A baseline of the main branch makes a
        verdict of it, and Compare holds it against any other run:
      </p>
      <pre className="command">
        {`npx rehearse gate <results of this run>.jsonl --baseline <baseline>.json\n`}
        {`npx rehearse ci ${pack} --agent ${agent.split(',')[0]}   # plays, confirms and judges, for a pull request`}
      </pre>
    </section>
  );
}
