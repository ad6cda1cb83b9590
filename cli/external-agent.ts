import { AppError } from '../domain/errors.ts';
import { type Agent, httpAgent, subprocessAgent } from '../harness/index.ts';

/** How an agent outside this process is named on the command line. */
export type ExternalAgentOptions = {
  agentCommand?: string;
  agentUrl?: string;
  agentName?: string;
  agentVersion?: string;
};

/**
 * The agent that `--agent-command` or `--agent-url` names; `null` where neither is given.
 *
 * @throws AppError USAGE for an URL that is none, and for a name or version of an agent that has its own
 */
export function externalAgent(options: ExternalAgentOptions): Agent | null {
  const { agentCommand: command, agentUrl: url } = options;
  if (command === undefined && url === undefined) {
    if (options.agentName === undefined && options.agentVersion === undefined) return null;
    throw new AppError(
      'USAGE',
      'expected --agent-command or --agent-url beside --agent-name and --agent-version: an entry file has its own',
    );
  }
  const version = options.agentVersion ?? 'unversioned';
  if (command !== undefined) {
    if (command.trim() === '') throw new AppError('USAGE', 'expected a command in --agent-command, got none');
    return subprocessAgent({ command, version, name: options.agentName ?? command });
  }
  const parsed = URL.parse(url ?? '');
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new AppError('USAGE', `expected http://... or https://... in --agent-url, got "${url}"`);
  return httpAgent({ url: parsed.href, version, name: options.agentName ?? parsed.host });
}

/**
 * Variables by which the OpenTelemetry SDKs of any language find the collector. No key is among them, since an agent that
 * is a server is told them in its requests: a command has its key by `pointTelemetry`, a server brings its own.
 */
export function telemetryVariables(collectorUrl: string): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' };
}
