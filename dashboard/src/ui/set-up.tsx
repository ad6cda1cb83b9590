import { CopyButton } from './copy-button.tsx';

/** The three lines that make any OpenTelemetry SDK send its spans here. */
function setUpLines(origin: string): string {
  return [
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
    'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    'export OTEL_SERVICE_NAME=my-agent',
  ].join('\n');
}

/** How to send a first trace, ready to copy. */
export function SetUp() {
  const lines = setUpLines(location.origin);
  return (
    <div className="set-up">
      <p>Any agent with an OpenTelemetry SDK sends its traces here when it is started with these lines:</p>
      <div className="set-up-lines">
        <pre>{lines}</pre>
        <CopyButton text={lines} />
      </div>
    </div>
  );
}
