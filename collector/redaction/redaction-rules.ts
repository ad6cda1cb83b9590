import { apiKeys } from './api-keys.ts';
import { cardNumbers } from './card-numbers.ts';
import { credentials } from './credentials.ts';
import { emails } from './emails.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { privateKeys } from './private-keys.ts';
import { BUILT_IN_NAMES, type CustomRule, type RedactionSettings } from './redaction-config.ts';
import { findAll, marker, type Rule } from './rule.ts';
import { tokens } from './tokens.ts';
import { createTriggerScan, type TriggerScan, type Wanted } from './trigger-scan.ts';

/** What a configuration asks for, ready to be applied. */
export type RedactionRules = {
  /** Applied to every text, before the others. */
  custom: readonly Rule[];
  /** Applied in this order where the scan says so: bit n of a place is the rule n. */
  builtIn: readonly Rule[];
  scan: TriggerScan;
  /** Whether values whose name says that they are secret are replaced whole. */
  secretNames: boolean;
  isDropped(key: string): boolean;
};

const BUILT_IN = {
  credentials,
  'private-keys': privateKeys,
  'api-keys': apiKeys,
  tokens,
  'card-numbers': cardNumbers,
  emails,
  'phone-numbers': phoneNumbers,
};

export function redactionRules(settings: RedactionSettings): RedactionRules {
  const builtIn = BUILT_IN_NAMES.filter((name) => settings.rules[name]).map((name) => BUILT_IN[name]);
  return {
    custom: settings.custom.map(customRule),
    builtIn,
    scan: createTriggerScan(wanted(builtIn, settings.dropAttributes)),
    secretNames: settings.rules.credentials,
    isDropped: keyTest(settings.dropAttributes),
  };
}

function customRule({ name, pattern, replacement, ignoreCase }: CustomRule): Rule {
  const compiled = new RegExp(pattern, ignoreCase ? 'giu' : 'gu');
  return {
    name,
    replacement: replacement ?? marker(name),
    triggers: [],
    encoding: 'utf8',
    find: (text) => findAll(text, compiled),
  };
}

function keyTest(dropAttributes: readonly string[]): (key: string) => boolean {
  const keys = new Set(dropAttributes.filter((key) => !key.endsWith('*')));
  const prefixes = dropAttributes.filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
  return (key) => keys.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

/** A key to drop is a trigger itself, of no rule: its place is looked at. */
function wanted(builtIn: readonly Rule[], dropAttributes: readonly string[]): Wanted {
  const triggers = new Map<string, number>();
  for (const key of dropAttributes) triggers.set(lowerCaseBytes(key.replace(/\*$/, '')), 0);
  let digits = 0;
  for (const [index, rule] of builtIn.entries()) {
    const who = 1 << index;
    for (const trigger of rule.triggers) triggers.set(trigger, (triggers.get(trigger) ?? 0) | who);
    if (rule.digits) digits |= who;
  }
  return { triggers, digits };
}

/** One character a byte; small where ASCII. */
function lowerCaseBytes(key: string): string {
  return Buffer.from(key)
    .toString('latin1')
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
