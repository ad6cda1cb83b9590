import { z } from 'zod';
import type { Row } from '../../../domain/effect.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { isObject } from '../airline/python-operations.ts';
import type { OperationContext, Table } from '../service.ts';
import { refuse } from '../tool-operation.ts';
import { apiClass, apiFunction, SESSION } from './api-class.ts';

const name = z
  .string()
  .min(1)
  .regex(/^[^|/\\?%*:"><]+$/, 'expected the name of a file or directory here, not a path');
const directory = { type: 'directory', content: null };

/** A place in the tree: the nodes by their paths, and the directory that calls are made in. */
function open(context: OperationContext) {
  const nodes = context.table('nodes');
  const here = String(context.table('session').get(SESSION)?.directory ?? '/');
  return { nodes, here, at: (child: string) => join(here, child) };
}

function join(parent: string, child: string): string {
  if (child === '.') return parent;
  return parent === '/' ? `/${child}` : `${parent}/${child}`;
}

function nodeAt(nodes: Table, path: string): Row {
  return nodes.get(path) ?? refuse(`there is no ${path}`);
}

function fileAt(nodes: Table, path: string): string {
  const { type, content } = nodeAt(nodes, path);
  return type === 'file' ? String(content) : refuse(`${path} is a directory`);
}

function childrenOf(nodes: Table, path: string): Row[] {
  const prefix = path === '/' ? '/' : `${path}/`;
  return [...nodes.all()].filter((row) => {
    const rest = String(row.path).startsWith(prefix) ? String(row.path).slice(prefix.length) : '';
    return rest !== '' && !rest.includes('/');
  });
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root === '/' ? '/' : `${root}/`);
}

function treeAt(nodes: Table, path: string): Row[] {
  return [...nodes.all()].filter((row) => isBelow(String(row.path), path));
}

function linesOf(text: string): string[] {
  return text.split('\n');
}

/** Copies a file or a directory with all below it; into the destination where that is a directory. */
function copy(context: OperationContext, source: string, destination: string): string {
  const { nodes, at } = open(context);
  const from = at(source);
  nodeAt(nodes, from);
  const given = nodes.get(at(destination));
  const to = given?.type === 'directory' ? join(at(destination), source) : at(destination);
  if (nodes.get(to)) refuse(`${to} is there already`);
  if (isBelow(to, from)) refuse(`${from} cannot be put into itself`);
  for (const row of treeAt(nodes, from))
    nodes.insert({ ...row, path: to + String(row.path).slice(from.length) });
  return to;
}

function removeTree(nodes: Table, path: string): void {
  for (const row of treeAt(nodes, path).reverse()) nodes.delete(String(row.path));
}

const functions = [
  apiFunction('pwd', z.strictObject({}), (_, context) => ({ current_working_directory: open(context).here })),

  apiFunction('ls', z.strictObject({ a: z.boolean().default(false) }), ({ a }, context) => {
    const { nodes, here } = open(context);
    const names = childrenOf(nodes, here).map(nameOf);
    return { current_directory_content: names.filter((child) => a || !child.startsWith('.')) };
  }),

  apiFunction('cd', z.strictObject({ folder: z.string().min(1) }), ({ folder }, context) => {
    const { nodes, here, at } = open(context);
    const wanted = folder.replace(/\/+$/, '') || '/';
    if (wanted.includes('/') && wanted !== '/') refuse(`one level at a time, not ${folder}`);
    if (wanted === '..' && here === '/') refuse('this is the root already');
    const parent = here.slice(0, here.lastIndexOf('/')) || '/';
    const target = wanted === '/' ? '/' : wanted === '..' ? parent : at(wanted);
    if (nodeAt(nodes, target).type !== 'directory') refuse(`${target} is no directory`);
    context.table('session').update(SESSION, { directory: target });
    return { current_working_directory: target };
  }),

  apiFunction('mkdir', z.strictObject({ dir_name: name }), ({ dir_name }, context) => {
    const { nodes, at } = open(context);
    if (nodes.get(at(dir_name))) refuse(`${at(dir_name)} is there already`);
    nodes.insert({ path: at(dir_name), ...directory });
    return {};
  }),

  apiFunction('touch', z.strictObject({ file_name: name }), ({ file_name }, context) => {
    const { nodes, at } = open(context);
    if (nodes.get(at(file_name))) refuse(`${at(file_name)} is there already`);
    nodes.insert({ path: at(file_name), type: 'file', content: '' });
    return {};
  }),

  apiFunction(
    'echo',
    z.strictObject({ content: z.string(), file_name: name.nullish() }),
    ({ content, file_name }, context) => {
      if (!file_name) return { terminal_output: content };
      const { nodes, at } = open(context);
      fileAt(nodes, at(file_name));
      nodes.update(at(file_name), { content });
      return {};
    },
  ),

  apiFunction('cat', z.strictObject({ file_name: name }), ({ file_name }, context) => {
    const { nodes, at } = open(context);
    return { file_content: fileAt(nodes, at(file_name)) };
  }),

  apiFunction(
    'find',
    z.strictObject({ path: z.string().default('.'), name: z.string().nullish() }),
    ({ path, name: wanted }, context) => {
      const { nodes, at } = open(context);
      const root = at(path);
      if (nodeAt(nodes, root).type !== 'directory') refuse(`${root} is no directory`);
      const found = treeAt(nodes, root).filter(
        (row) => row.path !== root && nameOf(row).includes(wanted ?? ''),
      );
      return {
        matches: found.map((row) => `${path}${String(row.path).slice(root === '/' ? 0 : root.length)}`),
      };
    },
  ),

  apiFunction(
    'grep',
    z.strictObject({ file_name: name, pattern: z.string() }),
    ({ file_name, pattern }, context) => {
      const { nodes, at } = open(context);
      const lines = linesOf(fileAt(nodes, at(file_name)));
      return { matching_lines: lines.filter((line) => line.includes(pattern)) };
    },
  ),

  apiFunction('sort', z.strictObject({ file_name: name }), ({ file_name }, context) => {
    const { nodes, at } = open(context);
    return {
      sorted_content: linesOf(fileAt(nodes, at(file_name)))
        .sort()
        .join('\n'),
    };
  }),

  apiFunction(
    'tail',
    z.strictObject({ file_name: name, lines: z.int().positive().default(10) }),
    ({ file_name, lines }, context) => {
      const { nodes, at } = open(context);
      return {
        last_lines: linesOf(fileAt(nodes, at(file_name)))
          .slice(-lines)
          .join('\n'),
      };
    },
  ),

  apiFunction(
    'diff',
    z.strictObject({ file_name1: name, file_name2: name }),
    ({ file_name1, file_name2 }, context) => {
      const { nodes, at } = open(context);
      const [left, right] = [linesOf(fileAt(nodes, at(file_name1))), linesOf(fileAt(nodes, at(file_name2)))];
      const pairs = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
        left[i],
        right[i],
      ]);
      const differences = pairs.filter(([a, b]) => a !== b).map(([a = '', b = '']) => `- ${a}\n+ ${b}`);
      return { diff_lines: differences.join('\n') };
    },
  ),

  apiFunction(
    'wc',
    z.strictObject({ file_name: name, mode: z.enum(['l', 'w', 'c']).default('l') }),
    ({ file_name, mode }, context) => {
      const { nodes, at } = open(context);
      const text = fileAt(nodes, at(file_name));
      if (mode === 'l') return { count: linesOf(text).length, type: 'lines' };
      if (mode === 'w') return { count: text.split(/\s+/).filter(Boolean).length, type: 'words' };
      return { count: [...text].length, type: 'characters' };
    },
  ),

  apiFunction(
    'du',
    z.strictObject({ human_readable: z.boolean().default(false) }),
    ({ human_readable }, context) => {
      const { nodes, here } = open(context);
      const bytes = treeAt(nodes, here).reduce((sum, { content }) => sum + String(content ?? '').length, 0);
      return { disk_usage: human_readable ? humanSize(bytes) : `${bytes} bytes` };
    },
  ),

  apiFunction(
    'mv',
    z.strictObject({ source: name, destination: name }),
    ({ source, destination }, context) => {
      const to = copy(context, source, destination);
      const { nodes, at } = open(context);
      removeTree(nodes, at(source));
      return { result: `${source} is ${to} now` };
    },
  ),

  apiFunction(
    'cp',
    z.strictObject({ source: name, destination: name }),
    ({ source, destination }, context) => ({
      result: `${source} is copied to ${copy(context, source, destination)}`,
    }),
  ),

  apiFunction('rm', z.strictObject({ file_name: name }), ({ file_name }, context) => {
    const { nodes, at } = open(context);
    nodeAt(nodes, at(file_name));
    removeTree(nodes, at(file_name));
    return { result: `${file_name} is removed` };
  }),

  apiFunction('rmdir', z.strictObject({ dir_name: name }), ({ dir_name }, context) => {
    const { nodes, at } = open(context);
    if (nodeAt(nodes, at(dir_name)).type !== 'directory') refuse(`${dir_name} is no directory`);
    if (childrenOf(nodes, at(dir_name)).length > 0) refuse(`${dir_name} is not empty`);
    nodes.delete(at(dir_name));
    return { result: `${dir_name} is removed` };
  }),
];

/** A tree of files and directories that is worked on from the inside, one level at a time. */
export const fileSystem = apiClass({
  name: 'GorillaFileSystem',
  service: 'files',
  tables: { nodes: { key: 'path' }, session: { key: 'id' } },
  functions,
  writes: ['cd', 'mkdir', 'touch', 'echo', 'mv', 'cp', 'rm', 'rmdir'],
  harmless: ['session'],
  rowsOf({ root }) {
    const [first] = isObject(root ?? null) ? Object.values(root as JsonObject) : [];
    return {
      nodes: [{ path: '/', ...directory }, ...nodesBelow('/', first ?? null)],
      session: [{ id: SESSION, directory: '/' }],
    };
  },
});

function nodesBelow(path: string, node: Json): Row[] {
  if (!isObject(node) || !isObject(node.contents ?? null)) return [];
  return Object.entries(node.contents as JsonObject).flatMap(([child, value]) => {
    const childPath = join(path, child);
    if (!isObject(value)) return [];
    const own = value.type === 'file' ? { type: 'file', content: value.content ?? '' } : directory;
    return [{ path: childPath, ...own }, ...nodesBelow(childPath, value)];
  });
}

function nameOf({ path }: Row): string {
  return String(path).slice(String(path).lastIndexOf('/') + 1);
}

function humanSize(bytes: number): string {
  let size = bytes;
  const unit = ['B', 'KB', 'MB', 'GB'].find((_, place, units) => {
    if (size < 1024 || place === units.length - 1) return true;
    size /= 1024;
    return false;
  });
  return `${size.toFixed(2)} ${unit}`;
}
