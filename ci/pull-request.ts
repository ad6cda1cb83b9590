/** How CI systems say that they build what nobody has accepted yet: a variable, and what it looks like then. */
const SIGNS: readonly (readonly [system: string, variable: string, value: RegExp])[] = [
  ['GitHub Actions', 'GITHUB_EVENT_NAME', /^(pull_request|merge_group)/],
  ['GitLab', 'CI_MERGE_REQUEST_IID', /./],
  ['CircleCI', 'CIRCLE_PULL_REQUEST', /./],
  ['Buildkite', 'BUILDKITE_PULL_REQUEST', /^(?!false$)./],
  ['Jenkins', 'CHANGE_ID', /./],
  ['Azure Pipelines', 'BUILD_REASON', /^PullRequest$/],
  ['Bitbucket', 'BITBUCKET_PR_ID', /./],
  ['Travis', 'TRAVIS_PULL_REQUEST', /^(?!false$)./],
];

/**
 * How this environment shows that a pull request is built, `GITHUB_EVENT_NAME=pull_request of GitHub Actions`; `null`
 * where it does not. A baseline made there would measure a change by itself.
 */
export function pullRequestSign(environment: Readonly<Record<string, string | undefined>>): string | null {
  const found = SIGNS.find(([, variable, value]) => value.test(environment[variable] ?? ''));
  return found ? `${found[1]}=${environment[found[1]]} of ${found[0]}` : null;
}
