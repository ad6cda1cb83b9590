import { describe, expect, it } from 'vitest';
import { pullRequestSign } from './pull-request.ts';

describe('pullRequestSign', () => {
  it.each([
    ['GITHUB_EVENT_NAME', 'pull_request'],
    ['GITHUB_EVENT_NAME', 'pull_request_target'],
    ['CI_MERGE_REQUEST_IID', '12'],
    ['BUILDKITE_PULL_REQUEST', '7'],
    ['BUILD_REASON', 'PullRequest'],
  ])('is %s=%s', (variable, value) => {
    expect(pullRequestSign({ [variable]: value })).toContain(`${variable}=${value} of `);
  });

  it.each([
    ['GITHUB_EVENT_NAME', 'push'],
    ['BUILDKITE_PULL_REQUEST', 'false'],
    ['TRAVIS_PULL_REQUEST', 'false'],
    ['CHANGE_ID', ''],
  ])('is not %s=%s', (variable, value) => {
    expect(pullRequestSign({ [variable]: value })).toBeNull();
  });
});
