import type { ControlNews } from './controlled-session.ts';

/**
 * What a command has come to, as OTLP's JSON request of one log record: on the trace of the agent's work, so that it tells
 * of the person who stepped in. See docs/reference/control.md.
 *
 * @param order nanoseconds, by which states within one millisecond keep their order
 */
export function controlRecord({ agent, command }: ControlNews, order: number) {
  const time = `${BigInt(command.since) * 1_000_000n + BigInt(order)}`;
  const attributes = {
    'gen_ai.agent.name': agent.agent,
    'gen_ai.agent.version': agent.version,
    'gen_ai.conversation.id': agent.conversation,
    'rehearse.run.id': agent.runId,
    'rehearse.control.session': agent.session,
    'rehearse.control.id': command.id,
    'rehearse.control.command': command.command,
    'rehearse.control.text': command.text,
    'rehearse.control.by': command.by,
    'rehearse.control.state': command.state,
    'rehearse.control.reason': command.reason,
  };
  const record = {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: 9,
    severityText: 'INFO',
    eventName: 'rehearse.control',
    body: { stringValue: `${command.command}: ${command.state}` },
    attributes: keyValues(attributes),
    ...(agent.traceId === null ? {} : { traceId: agent.traceId }),
  };
  const resource = { attributes: keyValues({ 'service.name': 'rehearse' }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] };
}

function keyValues(attributes: Record<string, string | null>) {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: { stringValue: value } }],
  );
}
