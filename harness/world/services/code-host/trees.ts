import { createHash } from 'node:crypto';
import type { Row } from '../../../../domain/effect.ts';
import { PackageTree, readSourceTree, type SourceFile, type SourceTree } from '../../source-tree.ts';

/** A file or a folder of a repository, as GitHub's trees name them. */
export type TreeEntry = {
  path: string;
  mode: '100644' | '040000';
  type: 'blob' | 'tree';
  sha: string;
  size?: number;
};

/** The source of the repositories of a code host, each package read once, when somebody first asks for it. */
export type Trees = {
  filesOf(repository: Row): SourceTree;
  /** Of all files and folders below `folder`, or of those right in it, in the order of their paths. */
  entriesOf(repository: Row, folder: string, recursive: boolean): TreeEntry[];
  /** The folder that a branch, a commit or the name of a tree stands for; `null` for another text. */
  folderOf(repository: Row, name: string): string | null;
  /** The name of the commit that is the head of the default branch: a package's version has one. */
  headOf(repository: Row): string;
};

export function createTrees(): Trees {
  const known = new Map<string, { files: SourceTree; entries: TreeEntry[] }>();

  const treeOf = (repository: Row) => {
    const wanted = PackageTree.parse(repository);
    const key = JSON.stringify(wanted);
    const found = known.get(key);
    if (found) return found;
    const files = readSourceTree(wanted);
    const tree = { files, entries: entriesOfFiles(repository, files) };
    known.set(key, tree);
    return tree;
  };

  const headOf = (repository: Row) => nameOf(repository, '');
  return {
    filesOf: (repository) => treeOf(repository).files,
    entriesOf(repository, folder, recursive) {
      const prefix = folder === '' ? '' : `${folder}/`;
      return treeOf(repository).entries.filter(({ path }) => {
        return path.startsWith(prefix) && (recursive || !path.slice(prefix.length).includes('/'));
      });
    },
    headOf,
    folderOf(repository, name) {
      if (name === repository.default_branch || name === headOf(repository)) return '';
      const found = treeOf(repository).entries.find(({ type, sha }) => type === 'tree' && sha === name);
      return found?.path ?? null;
    },
  };
}

function entriesOfFiles(repository: Row, files: SourceTree): TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const file of files.values()) {
    for (const path of foldersOf(file.path)) entries.set(path, folderEntry(repository, path));
    entries.set(file.path, fileEntry(file));
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `a` and `a/b` of `a/b/c.ts`. */
function foldersOf(path: string): string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function folderEntry(repository: Row, path: string): TreeEntry {
  return { path, mode: '040000', type: 'tree', sha: nameOf(repository, path) };
}

function fileEntry({ path, sha, size }: SourceFile): TreeEntry {
  return { path, mode: '100644', type: 'blob', sha, size };
}

/** Stands in for the sha that git would give a tree. */
function nameOf({ package: name, version }: Row, path: string): string {
  return createHash('sha1').update(`tree ${name}@${version}/${path}`).digest('hex');
}
