/** What is logged, each event with its level; docs/reference/self-observation.md tells them, and a test compares. */
export const LOG_EVENTS = {
  'collector.started': 'info',
  'collector.stopping': 'info',
  'collector.failed': 'error',
  'clickhouse.ended': 'error',
  'access.from-copy': 'warn',
  'cluster.shard-away': 'warn',
  'cluster.shard-back': 'info',
  'cluster.shard-refused': 'error',
  'segments.recovered': 'info',
  'segments.cut': 'warn',
  'segments.waiting': 'warn',
  'segments.flowing': 'info',
  'segments.refusing': 'error',
  'segments.set-aside': 'error',
  'segments.left': 'info',
  'request.failed': 'error',
  'housekeeping.late': 'warn',
  'loops.unknown': 'warn',
  'retention.removed': 'info',
  'deletions.returned': 'info',
  'alert.not-evaluated': 'warn',
  'alert.not-delivered': 'warn',
  'control.not-recorded': 'warn',
  'audit.not-stored': 'error',
  'key.use-not-noted': 'warn',
} as const satisfies Record<string, 'info' | 'warn' | 'error'>;
export type LogEvent = keyof typeof LOG_EVENTS;

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Tells the operator what happened, in words, and again in fields for programs. */
export type Log = (event: LogEvent, message: string, fields?: LogFields) => void;

/** An object a line: `time`, `level`, `event`, `message` and the fields of the event. @param now milliseconds since the epoch */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (event, message, fields = {}) => {
    const time = new Date(now()).toISOString();
    const own = { time, level: LOG_EVENTS[event], event, message };
    // Twice: these come first, and no field of an event takes their place.
    write(withoutSecrets(JSON.stringify({ ...own, ...fields, ...own })));
  };
}

/** A line for people; the stack of a defect below it. */
export function prettyLog(write: (line: string) => void): Log {
  return (_event, message, { stack } = {}) => {
    write(withoutSecrets(typeof stack === 'string' ? `${message}\n${stack}` : message));
  };
}

/** Of a defect: what it says, and where it arose. */
export function defectFields(error: unknown): LogFields {
  return error instanceof Error ? { stack: error.stack ?? error.message } : { stack: String(error) };
}

/** Without the text of keys (their id stays), without passwords in addresses, and without credentials of headers. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(rhk_[0-9A-Za-z]{8})[0-9A-Za-z]{49}/g, '$1…')
    .replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"@]+@/gi, '$1…@')
    .replace(/\b(bearer|basic) +[\w+/.=~-]{16,}/gi, '$1 …');
}
