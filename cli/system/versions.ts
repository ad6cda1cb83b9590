import { nodeObstacle } from '../node-version.ts';
import { type Check, fail, ok, warn } from './check.ts';

export type VersionFacts = {
  node: string;
  /** This Rehearse's. */
  own: string;
  /** That of the collector that runs on the data directory; `null` where none does. */
  running: string | null;
};

export function versionChecks({ node, own, running }: VersionFacts): Check[] {
  const expected = running === null ? 'any' : `that of the collector that runs, ${running}`;
  return [
    nodeObstacle(node) === null
      ? ok('Node', node, '22.18 or newer')
      : fail('Node', node, '22.18 or newer', 'Install the current one: https://nodejs.org.'),
    running === null || running === own
      ? ok('Rehearse', own, expected)
      : warn('Rehearse', own, expected, 'Start the collector again, so that it has the new version too.'),
  ];
}
