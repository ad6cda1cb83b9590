/**
 * Every error that a person can meet, in one place. `status` is the HTTP status, `exit` the exit code of the command
 * line, `hint` what to do. docs/reference/errors.md lists each; a test compares them.
 */
export const ERRORS = {
  BAD_REQUEST: { status: 400, exit: 2, hint: 'Correct the named part of the request and send it again.' },
  BODY_UNDECODABLE: {
    status: 400,
    exit: 2,
    hint: 'Send the OTLP request of this signal as application/x-protobuf or application/json; check content-encoding.',
  },
  UNAUTHENTICATED: {
    status: 401,
    exit: 2,
    hint: 'Send a key (authorization: Bearer ..., REHEARSE_KEY for commands), or sign in. `rehearse key add` makes one.',
  },
  SIGN_IN_REFUSED: {
    status: 403,
    exit: 2,
    hint: 'Check what you typed, or let an admin set your password: rehearse person add.',
  },
  RATE_LIMITED: { status: 429, exit: 3, hint: 'Send again after the seconds of Retry-After; exporters do.' },
  BIND_REFUSED: {
    status: 503,
    exit: 2,
    hint: 'Make a key or a person first (rehearse key add, rehearse person add: docs/how-to/projects-and-keys.md), or leave --host out.',
  },
  FORBIDDEN: {
    status: 403,
    exit: 2,
    hint: 'Open the dashboard under the address that the collector printed, or name its host: serve --allowed-host.',
  },
  SCOPE_MISSING: {
    status: 403,
    exit: 2,
    hint: 'Use a key with the named scope, or let an admin make one: rehearse key add.',
  },
  NOT_FOUND: {
    status: 404,
    exit: 2,
    hint: 'Check the address; GET /healthz answers where a collector runs.',
  },
  METHOD_NOT_ALLOWED: { status: 405, exit: 2, hint: 'Use one of the methods in the Allow header.' },
  BODY_TOO_LARGE: {
    status: 413,
    exit: 2,
    hint: 'Send smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE), or raise REHEARSE_MAX_BODY_BYTES.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    exit: 2,
    hint: 'Use content-type application/x-protobuf or application/json, and content-encoding gzip, deflate or none.',
  },
  TRACE_NOT_FOUND: {
    status: 404,
    exit: 2,
    hint: 'Spans arrive up to a few seconds after they end; try again.',
  },
  CONTENT_NOT_CAPTURED: {
    status: 422,
    exit: 2,
    hint: 'Let the agent capture what is said and done (OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=span_only, or the switch of its instrumentation), and take a trace from then on.',
  },
  SPAN_NOT_FOUND: { status: 404, exit: 2, hint: 'Check trace id and span id.' },
  RUN_NOT_FOUND: { status: 404, exit: 2, hint: 'List the runs with GET /api/runs.' },
  TRIAL_NOT_FOUND: { status: 404, exit: 2, hint: 'Open the trial from its run.' },
  AGENT_NOT_CONNECTED: {
    status: 404,
    exit: 2,
    hint: 'Choose one of GET /api/control. An agent has to connect to /v1/control: docs/reference/control.md.',
  },
  COMMAND_PENDING: {
    status: 409,
    exit: 2,
    hint: 'Wait until the agent comes to its next step; the Live page shows when.',
  },
  CONTROL_BUSY: {
    status: 429,
    exit: 3,
    hint: 'The agent takes commands before each of its steps; see whether it still works.',
  },
  UPGRADE_REQUIRED: { status: 426, exit: 2, hint: 'Connect with a WebSocket client: ws://.' },
  STORE_UNAVAILABLE: {
    status: 503,
    exit: 3,
    hint: 'ClickHouse does not answer. Exporters retry by themselves; see the log of `rehearse serve`.',
  },
  INGEST_FULL: {
    status: 503,
    exit: 3,
    hint: 'ClickHouse takes spans more slowly than they come, or not at all. Exporters retry; see the log of `rehearse serve`.',
  },
  QUERY_LIMIT: { status: 422, exit: 3, hint: 'Narrow the time window or add a filter.' },
  SQL_REFUSED: {
    status: 400,
    exit: 2,
    hint: 'docs/reference/sql.md lists the tables and columns, and what may be asked.',
  },
  BACKUP_FAILED: {
    status: 503,
    exit: 3,
    hint: 'A server of your own must allow the path that is named: backups.allowed_path in its configuration (docs/how-to/back-up.md).',
  },
  BACKUP_UNREADABLE: {
    status: 400,
    exit: 2,
    hint: 'Give the directory that `rehearse backup` wrote, whole.',
  },
  STORE_NOT_EMPTY: {
    status: 409,
    exit: 2,
    hint: 'Give --data an empty directory, or add the backup to what is there with --into.',
  },
  CLOCK_UNSURE: {
    status: 409,
    exit: 3,
    hint: 'Set the clock right. If it is right, `rehearse retention --trust-clock` removes what is past its age.',
  },
  MAINTENANCE_RUNNING: { status: 409, exit: 3, hint: 'Wait until it has ended, or stop it.' },
  SCHEMA_MISMATCH: {
    status: 503,
    exit: 3,
    hint: 'Use the Rehearse that is named or a newer one, restore a backup from before the upgrade, or use another data directory or database.',
  },
  INTERNAL: { status: 500, exit: 3, hint: 'This is a defect of Rehearse: please report it with the log.' },
  CONFIG_UNREADABLE: {
    status: 400,
    exit: 2,
    hint: 'Correct the named field of the configuration file; docs/reference/configuration.md tells them all.',
  },
  USAGE: { status: 400, exit: 2, hint: 'See `rehearse --help`.' },
  UNKNOWN_AGENT: {
    status: 404,
    exit: 2,
    hint: 'Choose one of the agents named, or give the path of an entry file (docs/how-to/rehearse-your-agent.md).',
  },
  UNKNOWN_PACK: {
    status: 404,
    exit: 2,
    hint: 'Choose one of the packs named, or give the path of a scenario file.',
  },
  UNKNOWN_MODEL: {
    status: 404,
    exit: 2,
    hint: 'Choose one of the simulated models named; for a real model set OPENAI_API_KEY or OPENAI_BASE_URL.',
  },
  CASSETTE_UNREADABLE: {
    status: 400,
    exit: 2,
    hint: 'Correct --cassette or what is named; --cassette-mode record makes a cassette anew (docs/how-to/real-models.md).',
  },
  MODEL_UNPRICED: {
    status: 400,
    exit: 2,
    hint: 'Use a model of the price list (datasets/prices/prices.json), add its row there, or leave the money limit out.',
  },
  SCENARIO_UNREADABLE: {
    status: 400,
    exit: 2,
    hint: 'Correct the named field; docs/reference/scenario.md lists them.',
  },
  FIXTURE_UNKNOWN: { status: 400, exit: 2, hint: 'Name one of those that the pack provides.' },
  DATA_DIRECTORY_MISSING: { status: 400, exit: 2, hint: 'Give the directory that holds the files named.' },
  DATA_UNREADABLE: {
    status: 400,
    exit: 2,
    hint: 'Fetch the named file again: it is cut, or of another kind.',
  },
  RESULTS_UNREADABLE: {
    status: 400,
    exit: 3,
    hint: 'Run the trials again; a cut line is dropped only at the end of a file.',
  },
  BASELINE_MISSING: {
    status: 400,
    exit: 3,
    hint: 'Make one from a run you trust: rehearse bless <results> --out <baseline>.',
  },
  BASELINE_UNREADABLE: {
    status: 400,
    exit: 3,
    hint: 'Take the file from version control again, or make a new one with `rehearse bless`.',
  },
  RUN_NOT_BLESSABLE: {
    status: 400,
    exit: 3,
    hint: 'Mend what is named and run the pack again: a baseline is made of trials that measured the agent.',
  },
  COMMENT_REFUSED: {
    status: 502,
    exit: 3,
    hint: 'Give the job `permissions: pull-requests: write` and GITHUB_TOKEN; the token of a fork may not write.',
  },
  BASELINE_OF_PULL_REQUEST: {
    status: 400,
    exit: 2,
    hint: 'Bless runs of the main branch, in its own job; a change must not set the measure it is judged by.',
  },
  COLLECTOR_UNREACHABLE: {
    status: 503,
    exit: 3,
    hint: 'Start one with `rehearse serve`, or point REHEARSE_URL at the one that runs.',
  },
  PORT_IN_USE: {
    status: 503,
    exit: 2,
    hint: 'Stop the other program or choose another port with --port or --grpc-port.',
  },
  DATA_DIRECTORY_LOCKED: {
    status: 503,
    exit: 2,
    hint: 'Another Rehearse holds this directory: use it through REHEARSE_URL, or give --data another directory.',
  },
  DISK_FULL: { status: 503, exit: 3, hint: 'Free some space, or move the data with --data.' },
  CLICKHOUSE_START_FAILED: {
    status: 503,
    exit: 3,
    hint: 'The embedded server needs Linux (glibc) or macOS; elsewhere set CLICKHOUSE_URL.',
  },
} as const satisfies Record<string, { status: number; exit: number; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * An error a person can act on. The message says what was expected and what came; the table says what to do.
 *
 * @example throw new AppError('UNKNOWN_AGENT', 'expected an agent of alice-react, got "alise"')
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** Seconds after which it may be tried again, where that is known. */
  readonly retryAfter: number | null;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { retryAfter?: number }) {
    super(message, options);
    this.code = code;
    this.retryAfter = options?.retryAfter ?? null;
  }

  get status() {
    return ERRORS[this.code].status;
  }

  get exit() {
    return ERRORS[this.code].exit;
  }

  get hint() {
    return ERRORS[this.code].hint;
  }
}

/** What anything that was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The body of every error answer of the API. */
export type ErrorBody = { error: { code: ErrorCode; message: string; hint: string } };
