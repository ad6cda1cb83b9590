import { CopyButton } from '../../ui/copy-button.tsx';

function exampleOf(origin: string): string {
  return [
    `curl ${origin}/v1/outcomes -H 'content-type: application/json' -d '[`,
    `  {"id":"m1:sent","type":"sent","messageId":"m1","subject":"lead-1","occurredAt":"${new Date().toISOString()}"}`,
    "]'",
  ].join('\n');
}

/** How to tell of a first outcome, ready to copy. */
export function OutcomeSetUp() {
  const lines = exampleOf(location.origin);
  return (
    <div className="set-up">
      <p>Tell what becomes of each message: that it was sent, and later that it was delivered or answered.</p>
      <div className="set-up-lines">
        <pre>{lines}</pre>
        <CopyButton text={lines} />
      </div>
    </div>
  );
}
