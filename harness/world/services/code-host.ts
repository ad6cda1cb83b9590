import type { Service } from '../service.ts';
import { issueOperations } from './code-host/issues.ts';
import { pullOperations } from './code-host/pulls.ts';
import { sourceOperations } from './code-host/source.ts';
import { createTrees } from './code-host/trees.ts';

/**
 * A code host with the shape of GitHub's REST API. A row of `repositories` names an installed npm package, its version
 * and which of its files make the repository: source is read from there when it is asked for, so that the digest of a
 * scenario covers it by name and version. Issues, comments and pull requests are rows, and every write is journaled.
 */
export const codeHost: Service = {
  name: 'code-host',
  tables: {
    /** One row: whose token the caller has. */
    accounts: { key: 'login' },
    repositories: { key: 'full_name' },
    issues: { key: 'key' },
    comments: { key: 'id' },
    pulls: { key: 'key' },
  },
  operations: [...sourceOperations(createTrees()), ...issueOperations, ...pullOperations],
};
