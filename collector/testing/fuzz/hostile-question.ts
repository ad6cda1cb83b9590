import fc from 'fast-check';

/** A request to the JSON API. */
export type HostileQuestion = { method: string; path: string; body?: string };

const ids = fc.oneof(
  fc.constantFrom(
    ...[
      '0af7651916cd43dd8448eb211c80319c',
      '0'.repeat(32),
      'b7ad6b7169203331',
      'a'.repeat(24),
      'run-a',
      '..',
    ],
    ...["' OR 1=1", '%00', '%ff', '{x:String}', 'NULL'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const numbers = fc.oneof(
  fc.constantFrom(
    '0',
    '-1',
    '1e3',
    '0x10',
    'NaN',
    '',
    ' ',
    '9007199254740993',
    '18446744073709551616',
    '1.5',
  ),
  fc.integer().map(String),
);
const names = [
  'from',
  'to',
  'limit',
  'before',
  'status',
  'service',
  'agent',
  'model',
  'runId',
  'wait',
  'odd',
];
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.oneof(numbers, ids)), { maxLength: 4 })
  // A wait is served, and takes as long as it says.
  .map(
    (pairs) =>
      new URLSearchParams(pairs.filter(([name, value]) => name !== 'wait' || Number.isNaN(Number(value)))),
  );

const paths = fc.oneof(
  fc.constant('/api/traces'),
  fc.constant('/api/runs'),
  fc.constant('/healthz'),
  ids.map((id) => `/api/traces/${encodeURIComponent(id)}`),
  ids.map((id) => `/api/traces/${encodeURIComponent(id)}/logs`),
  fc
    .tuple(ids, ids)
    .map(([trace, span]) => `/api/traces/${encodeURIComponent(trace)}/spans/${encodeURIComponent(span)}`),
  ids.map((id) => `/api/runs/${encodeURIComponent(id)}`),
  ids.map((id) => `/api/runs/${encodeURIComponent(id)}/trials`),
  ids.map((id) => `/api/trials/${encodeURIComponent(id)}`),
  ids.map((id) => `/api/trials/${encodeURIComponent(id)}/spans`),
  ids.map((id) => `/api/${encodeURIComponent(id)}`),
);
const bodies = fc.oneof(
  fc.json(),
  fc.string({ maxLength: 100 }),
  fc.constantFrom('', 'null', '{"trials":[]}', '{"trials":[{}]}', '['.repeat(50_000), '{"a":'.repeat(50_000)),
);

export const hostileQuestion: fc.Arbitrary<HostileQuestion> = fc
  .record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
    path: paths,
    query,
    body: bodies,
  })
  .map(({ method, path, query: given, body }) => ({
    method,
    path: `${path}?${given}`,
    ...(method === 'PUT' || method === 'POST' || method === 'PATCH' ? { body } : {}),
  }));
