/** The oldest Node that runs Rehearse: the first of its line that reads TypeScript, in which agents and packs are written. */
const OLDEST_NODE = '22.18.0';

/**
 * What keeps this version of Node from running Rehearse, and the cure; `null` where nothing does.
 *
 * @param version as `process.versions.node`
 */
export function nodeObstacle(version: string): string | null {
  const [major = 0, minor = 0] = numbersOf(version);
  const [oldestMajor = 0, oldestMinor = 0] = numbersOf(OLDEST_NODE);
  // The odd line between lacks what 22.18 has up to its last release.
  if (major === oldestMajor ? minor >= oldestMinor : major > oldestMajor + 1) return null;
  return [
    `rehearse: expected Node ${oldestMajor}.${oldestMinor} or newer, got ${version}`,
    '  Install the current one from https://nodejs.org, or, with npm alone, in this folder: npm install node@24',
    '  (npx and npm run then take it).',
  ].join('\n');
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
