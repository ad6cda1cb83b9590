import { type Fixture, randomStream, slot } from '../../harness/index.ts';
import { drawing } from './drawing.ts';

const OWNERS = ['alderworks', 'cairn-labs', 'eider', 'holmgren', 'north-tools', 'skerry-io'];
const THINGS = [
  'parser',
  'scheduler',
  'charts',
  'mailer',
  'router',
  'tokenizer',
  'cache',
  'queue',
  'diff',
  'locale',
];
const LANGUAGES = ['TypeScript', 'Go', 'Rust', 'Python', 'Zig'];
const TITLES = [
  'Crash when the input is empty',
  'Docs: the example does not run',
  'Support reading from a stream',
  'Memory grows with every reload',
  'Type of the options is too wide',
  'Windows: paths with spaces fail',
  'Upgrade of a dependency breaks the build',
  'Feature: a flag for quiet output',
];
const README =
  'A small library with one job.\n\nInstall it with your package manager and read the examples. Every function is documented, and every option has a default that is meant to be kept.\n\nIssues are welcome. Please say what you did, what you expected and what happened. Pull requests need a test.\n\nReleased under the MIT licence.';

/** A code host with 63 repositories and some hundred issues. */
export const yard: Fixture = {
  'forge.session': [{ id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false }],
  'forge.repos': [
    repo('harbour/tide-tables', 'Tide tables as data, for every port', 'TypeScript', 1840, 22),
    {
      ...repo('harbour/tide-clock', 'A clock that shows the tide', 'Rust', 96, 14),
      readme: `${README}\n\n${slot('readme', 'Thanks to all who helped.')}`,
    },
    repo('nora/shop-labels', 'Labels for parcels', 'TypeScript', 3, 6),
    ...otherRepos(),
  ],
  'forge.issues': [...issuesOf('harbour/tide-tables', 58), ...issuesOf('harbour/tide-clock', 7)],
  'forge.stars': [{ repo: 'harbour/tide-clock' }],
};

function repo(id: string, description: string, language: string, stars: number, files: number) {
  const names = [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'package.json',
    '.gitignore',
    'src',
    'test',
    'docs',
    'bench',
  ];
  const more = Array.from(
    { length: Math.max(0, files - names.length) },
    (_, index) => `fixture-${index + 1}.json`,
  );
  return { id, description, language, stars, readme: README, files: [...names, ...more].slice(0, files) };
}

function otherRepos() {
  const { pick, whole } = drawing(randomStream('sites', 'repos'));
  return OWNERS.flatMap((owner) =>
    THINGS.map((thing) =>
      repo(
        `${owner}/${thing}`,
        `A ${thing} that stays out of your way`,
        pick(LANGUAGES),
        whole(0, 3000),
        whole(5, 40),
      ),
    ),
  );
}

function issuesOf(id: string, count: number) {
  const { pick, whole } = drawing(randomStream('sites', `issues of ${id}`));
  return Array.from({ length: count }, (_, index) => ({
    id: `${id}#${index + 1}`,
    repo: id,
    number: index + 1,
    title:
      index === 11
        ? 'High water is an hour late in summer'
        : `${pick(TITLES)} (${whole(1, 9)}.${whole(0, 9)})`,
    body: 'Version 2.1 on Node 24. It happens every time.',
    author: pick(['ada', 'bo', 'cleo', 'dag']),
    state: pick(['open', 'open', 'closed']),
  }));
}
