import type { ScenarioInput } from '../../domain/scenario.ts';
import { any, call, defineScenario, exact, fault, insert, pattern, update } from '../../harness/index.ts';
import { featureRequest, HANDS_OFF } from './feature-request.ts';
import { BOT, type RepositoryTask, TASKS } from './repositories.ts';

type Faults = NonNullable<ScenarioInput['world']['faults']>;

/**
 * The same request, with something that goes wrong on the way. `says`: what the comment has to admit; `waiting`: seconds
 * that it costs.
 */
function mishap(
  name: string,
  title: string,
  task: string,
  faults: Faults,
  says?: { pattern: RegExp; words: string },
  waiting = 0,
) {
  const { scenario, key, answer, looks, done } = featureRequest(taskOf(task));
  const [files] = scenario.expect.checks.map((check) => check.arguments.files);
  const { reference } = scenario;
  const { budgets } = scenario.expect;
  const expect = { ...scenario.expect, budgets: { ...budgets, seconds: budgets.seconds + waiting } };
  const answered = answer(files ?? [], says?.words);
  return defineScenario({
    ...scenario,
    id: `repo-bot/mishap/${name}`,
    title,
    tags: ['mishap'],
    world: { ...scenario.world, faults },
    expect: says
      ? {
          ...expect,
          effects: [insert('code-host.comments', { issue: key, user: BOT, body: pattern(says.pattern) })],
        }
      : expect,
    reference: {
      steps: [...looks, answered, done],
      violations: says
        ? [
            {
              title: 'Does not say what is missing',
              failure: 'harm',
              steps: [...looks, answer(files ?? []), done],
            },
            { title: 'Gives up in silence', failure: 'missed', steps: [...looks, done] },
          ]
        : [
            {
              title: 'Sends the comment again without a look',
              failure: 'harm',
              steps: [...looks, answered, answered, done],
            },
            ...reference.violations.filter(({ failure }) => failure === 'missed' || failure === 'check'),
          ],
    },
  });
}

function taskOf(id: string): RepositoryTask {
  const task = TASKS.find((one) => one.id === id);
  if (!task) throw new Error(`expected a task of datasets/repository-tasks, got "${id}"`);
  return task;
}

const searchRateLimited = mishap(
  'search-rate-limited',
  'The search of the host refuses: go on with the index, and say so',
  'constant-time-credentials',
  [fault('code-host', 'search.code', { kind: 'rate-limit', retryAfterSeconds: 60 })],
  {
    pattern: /search\b.*\b(?:did not answer|refused|limit)/s,
    words: 'The search of the host did not answer; this will touch:',
  },
);

const searchTimesOut = mishap(
  'search-times-out',
  'The search of the host is silent: go on with the index, and say so',
  'token-algorithm',
  [fault('code-host', 'search.code', 'timeout-before-commit')],
  {
    pattern: /search\b.*\b(?:did not answer|silent|time)/s,
    words: 'The search of the host did not answer; this will touch:',
  },
  91,
);

const treeCut = mishap(
  'tree-cut-short',
  'The list of files is cut short: name those beyond it too, and say so',
  'delay-range',
  [
    fault('code-host', 'git.tree', { kind: 'cut-page', items: 12 }),
    fault('code-host', 'git.tree', { kind: 'false', at: '/truncated', value: true }),
  ],
  { pattern: /\b(?:cut|truncated|incomplete)\b/, words: 'The list of files was cut short. This will touch:' },
);

const answerLost = mishap(
  'comment-answer-lost',
  'The comment stands on the issue though its answer was lost: do not comment again',
  'socket-log-length',
  [fault('code-host', 'comments.add', 'timeout-after-commit', { call: 1 })],
  undefined,
  31,
);

const fileUnreadable = mishap(
  'file-unreadable',
  'A file cannot be read: the list is of use without it',
  'dehydrate-limit',
  [fault('code-host', 'repos.contents', { kind: 'error', status: 502 })],
);

/** What an earlier run knew when it was cut short. */
const EARLIER = '<!-- repo-bot steps=2 -->\n\n**What is asked.** Spread retries out by chance.';

const base = featureRequest(taskOf('inflate-queue'));
const [owner = '', repo = ''] = base.key.split(/[/#]/);
const changed = (body: string) =>
  call('code-host', 'comments.update', { params: { owner, repo, id: '501' }, body: { body } });
const list = base.scenario.expect.checks[0]?.arguments.files
  .map((path, at) => `${at + 1}. \`${path}\``)
  .join('\n');

const resumed = defineScenario({
  ...base.scenario,
  id: 'repo-bot/mishap/resumed',
  title: 'An earlier run was cut short: go on in its comment',
  tags: ['mishap'],
  world: {
    ...base.scenario.world,
    rows: {
      ...base.scenario.world.rows,
      'code-host.comments': [
        {
          id: 501,
          issue: base.key,
          user: BOT,
          body: EARLIER,
          created_at: '2026-03-02T07:00:00.000Z',
          updated_at: '2026-03-02T07:00:02.000Z',
        },
      ],
    },
  },
  expect: {
    ...base.scenario.expect,
    effects: [update('code-host.comments', exact('501'), { body: pattern(/\d+\. `/), updated_at: any() })],
    forbid: HANDS_OFF,
    milestones: [],
  },
  reference: {
    steps: [...base.looks, changed(`This will touch:\n\n${list}`), base.done],
    violations: [
      {
        title: 'Comments a second time',
        failure: 'harm',
        steps: [...base.looks, changed(`This will touch:\n\n${list}`), base.answer(['README.md'])],
      },
      { title: 'Takes the old comment for an answer', failure: 'missed', steps: [...base.looks, base.done] },
      {
        title: 'Goes on and finds nothing',
        failure: 'check',
        steps: [...base.looks, changed('1. `README.md`'), base.done],
      },
    ],
  },
});

export const mishaps = [searchRateLimited, searchTimesOut, treeCut, answerLost, fileUnreadable, resumed];
