import type { Effect, Row, WorldCall } from '../../domain/effect.ts';
import { type Micros, micros } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import type { WorldSpec } from '../../domain/world-spec.ts';
import { totalTokens } from '../model/add-usage.ts';
import type { ModelCall, PriceOf } from '../model/model-call.ts';
import type { ModelLine } from '../model/real-model.ts';
import { type SimulatedModel, smallNameOf } from '../model/simulated-model.ts';
import type { TrialMeter } from '../runner/trial-meter.ts';
import { checkSlots, checkWorldSpec } from './check-world-spec.ts';
import { createLedger } from './ledger.ts';
import { createModelHost, type HostAnswer, type ModelHost } from './model-host.ts';
import { createPrincipals } from './principals.ts';
import { randomStream } from './random.ts';
import { createRealModelHost } from './real-model-host.ts';
import type { Fixture, Service } from './service.ts';
import { createServiceHost } from './service-host.ts';
import { canariesSeen, canaryOf, type FillSlot } from './slots.ts';
import { blockEgress } from './unknown-host.ts';
import { hostOf } from './world-host.ts';
import {
  type IncomingRequest,
  readWorldRequest,
  refusal,
  toResponse,
  type WorldRequest,
} from './world-request.ts';
import { chooseServices, openTables } from './world-tables.ts';

const MODEL_HOST = hostOf('model');

export type WorldOptions = {
  spec: WorldSpec;
  /** What the pack provides; the spec names those it wants. */
  services: readonly Service[];
  fixtures: Readonly<Record<string, Fixture>>;
  /** Decides every random draw. Equal seeds and equal requests give equal journals. */
  seed: string;
  /**
   * Of all hosts of the world. Clients keep connections to an origin open, and one that a trial has left may take the
   * next one's request into the world of the first: worlds of one process are told apart by their ports. Default: 80.
   */
  port?: number;
  /** Served at `OPENAI_BASE_URL`; without one the world has no model. */
  model?: SimulatedModel | ModelLine;
  /** Puts a distinct text into every slot, to find out which slots an agent gets to see; nothing is injected then. */
  canaries?: boolean;
  /** Calls of the model before it refuses and the trial counts as cut off. Default: no limit. */
  modelCallLimit?: number;
  /** Where the agent hears its user while it works: `USER_URL`. */
  userUrl?: string;
  /** Told of every call; once it has cut the trial short, the world answers nothing more. Default: no limits. */
  meter?: TrialMeter;
  /** What a usage of the model costs; `null` where it is unpriced. Default: unpriced. */
  priceOf?: PriceOf;
  /** Told of each call of the model when its answer has come to its end. */
  onModelCall?(call: ModelCall): void;
  /** Ends calls of a real model that are under way. Default: never. */
  signal?: AbortSignal;
};

/** The fake APIs of one trial: they answer requests and journal every write. */
export type World = {
  /** The virtual clock; it moves with calls, never with the wall clock. */
  readonly now: Micros;
  readonly journal: readonly Effect[];
  /** Calls of the services and of unknown hosts. Calls of the model are only counted. */
  readonly calls: readonly WorldCall[];
  readonly modelCalls: number;
  /** Tokens of all calls of the model, estimated for a simulated one; `null` where none are known. */
  readonly modelUsage: Usage | null;
  /** With `canaries`: the slots whose text an answer has carried. */
  readonly seenCanaries: readonly string[];
  /** An answer of the model came from a cassette. */
  readonly replayed: boolean;
  /** Why the model stopped answering, once it has. */
  readonly cutOff: string | null;
  /**
   * What broke in the world itself (a handler or a simulated model threw, the last call of a real model had no answer):
   * the trial says nothing of the agent.
   */
  readonly defect: string | null;
  /** Variables for the agent: `CRM_URL`, ..., `OPENAI_BASE_URL`; with grants `AGENT_TOKEN` and one more per principal. */
  readonly environment: Record<string, string>;
  /** A row as it is now. `table` is `service.table`. */
  row(table: string, key: string): Row | null;
  /** Registers what is done after each call, before it is answered; the answer waits for it. */
  afterEachCall(listener: () => Promise<void>): void;
  /** Resolves when no request is under way. */
  settled(): Promise<void>;
  /** Lets the virtual clock run to `at`, where it is not there yet. */
  waitUntil(at: Micros): void;
  /** Answers one request; requests are taken one after another in the order of their arrival. Never rejects. */
  handle(request: IncomingRequest): Promise<Response>;
};

/**
 * A fresh world over shared fixtures, which it never changes: the cost does not grow with their size. The fixtures are
 * its snapshot, and what a trial writes lies over them: to start again is to make another. Throws FIXTURE_UNKNOWN where
 * the spec names a service, fixture, table, faulty operation or slot that is not there.
 *
 * @example
 * const world = createWorld({ spec, services: [crm], fixtures: {}, seed: 'run/scenario/0' });
 * await world.handle(new Request('http://crm.rehearse.test/contacts/c1'));
 */
export function createWorld(options: WorldOptions): World {
  const { spec, seed, meter } = options;
  const services = chooseServices(spec, options.services);
  checkWorldSpec(spec, services, options.services);
  const start = micros(Date.parse(spec.now) * 1000);
  const ledger = createLedger(start);
  const { tables, slots } = openTables(spec, services, options.fixtures, slotFiller(options));
  checkSlots(spec, slots);
  const principals = createPrincipals(spec.grants, seed);
  const newId = createCounters();
  let defect: string | null = null;
  const onDefect = (explanation: string) => {
    defect ??= explanation;
  };

  const model = openModel(options, {
    ledger,
    onDefect,
    onCall(call) {
      meter?.spend(call.usage ? totalTokens(call.usage) : 0, call.cost);
      options.onModelCall?.(call);
    },
  });
  const hosts = new Map<string, (request: WorldRequest) => HostAnswer | Promise<HostAnswer>>(
    services.map((service) => [
      hostOf(service.name),
      createServiceHost({
        service,
        faults: spec.faults,
        grants: spec.grants,
        principals,
        start,
        ledger,
        tables,
        newId,
        random: randomStream(seed, `service ${service.name}`),
        onDefect,
      }),
    ]),
  );
  if (model) hosts.set(MODEL_HOST, model.answer);

  const answer = async (incoming: IncomingRequest): Promise<HostAnswer> => {
    const request = await readWorldRequest(incoming);
    const host = hosts.get(request.url.hostname);
    if (request.url.hostname !== MODEL_HOST) meter?.admit('tool');
    if (meter?.cutOff) return refuseLate(meter.cutOff);
    const response = host
      ? await host(request)
      : blockEgress({ ledger, hosts: [...hosts.keys()], principals }, request);
    if (model?.cutOff) meter?.cut(model.cutOff);
    meter?.passed(micros(ledger.now - start));
    return response;
  };
  const listeners: (() => Promise<void>)[] = [];
  const tell = async () => {
    for (const listener of listeners) await listener();
  };
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const answerAndTell = async (incoming: IncomingRequest): Promise<HostAnswer> => {
    const answered = await answer(incoming);
    if (!('pending' in answered)) await tell();
    return answered;
  };

  return {
    get now() {
      return ledger.now;
    },
    journal: ledger.journal,
    calls: ledger.calls,
    get modelCalls() {
      return model?.calls ?? 0;
    },
    get modelUsage() {
      return model?.usage ?? null;
    },
    get seenCanaries() {
      return options.canaries ? canariesSeen(slots, ledger.calls, seed) : [];
    },
    get cutOff() {
      return model?.cutOff ?? null;
    },
    get replayed() {
      return model?.replayed ?? false;
    },
    get defect() {
      return defect ?? model?.failure ?? null;
    },
    environment: { ...environmentOf(services, options), ...principals.environment },
    row: (table, key) => tables.get(table)?.now.get(key) ?? null,
    afterEachCall: (listener) => void listeners.push(listener),
    async settled() {
      for (let last = null; last !== queue; ) {
        last = queue;
        await last;
      }
    },
    waitUntil: (at) => ledger.advance(micros(Math.max(0, at - ledger.now))),
    async handle(request) {
      const answered = await inTurn(() => answerAndTell(request)).catch(refuseUnread);
      if (!('pending' in answered)) return answered;
      const response = await answered.pending;
      await inTurn(tell);
      return response;
    },
  };
}

/** A simulated model, or the line to a real one, as a host of the world. */
function openModel(
  { model, modelCallLimit, seed, priceOf = () => null, signal }: WorldOptions,
  deps: Pick<Parameters<typeof createRealModelHost>[0], 'ledger' | 'onCall' | 'onDefect'>,
): ModelHost | null {
  if (!model) return null;
  const shared = { ...deps, limit: modelCallLimit ?? Number.POSITIVE_INFINITY, priceOf };
  if ('move' in model) return createModelHost({ ...shared, model, random: randomStream(seed, 'model') });
  return createRealModelHost({ ...shared, line: model, signal: signal ?? new AbortController().signal });
}

/** The body broke off: the caller went away before it was sent. */
function refuseUnread(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error);
  return toResponse(refusal(400, 'request_unreadable', `the request could not be read: ${reason}`));
}

/** The trial is over: its journal must not grow, whoever asks. */
function refuseLate(explanation: string): Response {
  const reply = refusal(429, 'trial_over', `the trial is over: ${explanation}`);
  // Clients of models would wait and try again, in vain.
  return toResponse({ ...reply, headers: { 'x-should-retry': 'false' } });
}

function slotFiller({ spec, seed, canaries = false }: WorldOptions): FillSlot {
  const payloads = new Map(spec.injections.map(({ slot, payload }) => [slot, payload]));
  return (slot, harmless) => (canaries ? canaryOf(slot, seed) : (payloads.get(slot) ?? harmless));
}

/** `msg_1`, `msg_2`, `event_1`: the same ids in every run. */
function createCounters(): (prefix: string) => string {
  const counts = new Map<string, number>();
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return `${prefix}_${count}`;
  };
}

function environmentOf(
  services: readonly Service[],
  { model, port, userUrl }: Pick<WorldOptions, 'model' | 'port' | 'userUrl'>,
): Record<string, string> {
  const suffix = port === undefined ? '' : `:${port}`;
  const urls = services.map(({ name }) => [
    `${name.toUpperCase().replaceAll('-', '_')}_URL`,
    `http://${hostOf(name)}${suffix}`,
  ]);
  return {
    ...Object.fromEntries(urls),
    ...(model && {
      OPENAI_BASE_URL: `http://${MODEL_HOST}${suffix}/v1`,
      OPENAI_API_KEY: 'move' in model ? 'simulated' : 'kept-by-rehearse',
      OPENAI_MODEL: model.name,
      ...('move' in model && { OPENAI_SMALL_MODEL: smallNameOf(model.name) }),
    }),
    ...(userUrl !== undefined && { USER_URL: userUrl }),
  };
}
