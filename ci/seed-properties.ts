import fc from 'fast-check';

/**
 * Properties see the same cases in every run, so that a change is judged by what it changed. `PROPERTY_SEED=<number>` draws
 * others; what fails names the seed and the path that show it again.
 */
const seed = Number(process.env.PROPERTY_SEED ?? 1);
if (!Number.isInteger(seed))
  throw new Error(`expected PROPERTY_SEED to be a whole number, got "${process.env.PROPERTY_SEED}"`);

fc.configureGlobal({ seed });
