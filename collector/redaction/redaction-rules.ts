import { apiKeys } from './api-keys.ts';
import { cardNumbers } from './card-numbers.ts';
import { credentials } from './credentials.ts';
import { emails } from './emails.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { privateKeys } from './private-keys.ts';
import { BUILT_IN_NAMES, type CustomRule, type RedactionSettings } from './redaction-config.ts';
import { findAll, marker, type Rule } from './rule.ts';
import { tokens } from './tokens.ts';
import { createTriggerScan, type TriggerScan } from './trigger-scan.ts';

/** What a configuration asks for, ready to be applied. */
export type RedactionRules = {
  /** In the order in which they are applied: the custom ones, then the built-in ones. */
  rules: readonly Rule[];
  /** Whether values whose name says that they are secret are replaced whole. */
  secretNames: boolean;
  isDropped(key: string): boolean;
  /** Where to look; `null`: everywhere. */
  scan: TriggerScan | null;
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
  const rules = [...settings.custom.map(customRule), ...builtIn];
  return {
    rules,
    secretNames: settings.rules.credentials,
    isDropped: keyTest(settings.dropAttributes),
    scan: scanFor(rules, settings.dropAttributes),
  };
}

function customRule({ name, pattern, replacement, ignoreCase }: CustomRule): Rule {
  const compiled = new RegExp(pattern, ignoreCase ? 'giu' : 'gu');
  return {
    name,
    replacement: replacement ?? marker(name),
    triggers: null,
    encoding: 'utf8',
    find: (text) => findAll(text, compiled),
  };
}

function keyTest(dropAttributes: readonly string[]): (key: string) => boolean {
  const keys = new Set(dropAttributes.filter((key) => !key.endsWith('*')));
  const prefixes = dropAttributes.filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
  return (key) => keys.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

/** A key to drop is a trigger itself. One that is too short to be looked for, or a rule without triggers: no scan. */
function scanFor(rules: readonly Rule[], dropAttributes: readonly string[]): TriggerScan | null {
  const keys = dropAttributes.map((key) => key.replace(/\*$/, ''));
  if (keys.some((key) => key.length < 3)) return null;
  const triggers = keys.map((key) =>
    Buffer.from(key)
      .toString('latin1')
      .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
  for (const rule of rules) {
    if (rule.triggers === null) return null;
    triggers.push(...rule.triggers);
  }
  return createTriggerScan(
    triggers,
    rules.some(({ digits }) => digits === true),
  );
}
