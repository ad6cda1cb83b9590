import type { Effect, EffectCall, WorldCall } from '../../domain/effect.ts';
import { type Micros, micros } from '../../domain/units.ts';

/** What came of a call; what is left out did not happen. */
type CallResult = Pick<WorldCall, 'request' | 'status' | 'response'> &
  Partial<Omit<WorldCall, keyof EffectCall | 'at'>>;

const UNDISTURBED = { fault: null, reads: [], idempotencyKey: null, replayOf: null, redeliveryOf: null };

/** What a world remembers of a trial: its clock, its calls, and every write with the call that made it. */
export type Ledger = {
  readonly now: Micros;
  readonly journal: readonly Effect[];
  readonly calls: readonly WorldCall[];
  advance(duration: Micros): void;
  /** Starts a call; the writes that follow are its writes until the next one starts. Returns its number. */
  open(call: Omit<EffectCall, 'number'>): number;
  /** Appends a write of the open call. */
  write(effect: Omit<Effect, 'seq' | 'at' | 'call'>): void;
  /** Ends the open call. */
  close(result: CallResult): void;
};

export function createLedger(start: Micros): Ledger {
  const journal: Effect[] = [];
  const calls: WorldCall[] = [];
  let now = start;
  let open: (EffectCall & { at: Micros }) | null = null;

  const openCall = () => {
    if (!open) throw new Error('a table may be written only while a call is handled');
    return open;
  };

  return {
    get now() {
      return now;
    },
    journal,
    calls,
    advance(duration) {
      now = micros(now + duration);
    },
    open(call) {
      open = { ...call, number: calls.length + 1, at: now };
      return open.number;
    },
    write(effect) {
      const { at, ...call } = openCall();
      journal.push({ seq: journal.length + 1, at, ...effect, call });
    },
    close(result) {
      calls.push({ ...openCall(), ...UNDISTURBED, ...result });
      open = null;
    },
  };
}
