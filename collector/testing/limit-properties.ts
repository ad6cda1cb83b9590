import fc from 'fast-check';

/**
 * Properties of the store end after this time, with the counterexample that they have found. Shrinking one takes as many
 * statements as finding it, and would run into the limit of the test, which names none.
 */
const MILLISECONDS = 60_000;

fc.installGlobalPlugin(fc.interruptAfterTimeLimit(MILLISECONDS));
