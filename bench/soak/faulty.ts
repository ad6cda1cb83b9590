/**
 * Loaded into a collector before all else (`--import`): its parent tells it, over the channel between them, how slow its
 * disk and how wrong its clock is from now on.
 */
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from './faults.ts';

let faults: Faults = { syncMillis: 0, clockMillis: 0 };
process.on('message', (told) => {
  faults = told as Faults;
});
// The channel alone keeps no process alive.
process.channel?.unref();

const handle = await open(import.meta.filename);
const fileHandle = Object.getPrototypeOf(handle) as {
  sync(): Promise<void>;
  datasync(): Promise<void>;
};
await handle.close();
for (const name of ['sync', 'datasync'] as const) {
  const original = fileHandle[name];
  fileHandle[name] = async function (this: unknown) {
    if (faults.syncMillis > 0) await sleep(faults.syncMillis);
    return original.call(this);
  };
}

const now = Date.now;
Date.now = () => now() + faults.clockMillis;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [Date.now()] : given, newTarget),
});
