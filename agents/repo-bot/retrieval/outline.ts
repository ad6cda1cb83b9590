import { posix } from 'node:path';

/** Lines of a chunk, and how many of them the next one repeats. */
const CHUNK_LINES = 60;
const OVERLAP = 10;

/** What a file shows of itself without being understood. */
export type Outline = { exports: string[]; imports: string[]; chunks: string[] };

const DECLARED =
  /\bexport\s+(?:default\s+)?(?:async\s+)?(?:abstract\s+)?(?:const|let|function\*?|class|type|interface|enum)\s+([\w$]+)/g;
const LISTED = /\bexport\s*(?:type\s*)?\{([^}]*)\}/g;
const ASSIGNED = /^\s*(?:module\.)?exports(?:\.([\w$]+))?\s*=\s*(?:\{([^}]*)\}|([\w$]+))/gm;
const IMPORTED = /\b(?:from|import|require\()\s*['"]([^'"]+)['"]/g;

/** @param paths those of all files of the repository: an import of another package is none of its own */
export function outlineOf(path: string, text: string, paths: ReadonlySet<string>): Outline {
  const names = [
    ...[...text.matchAll(DECLARED)].map(([, name = '']) => name),
    ...[...text.matchAll(LISTED)].flatMap(([, list = '']) => namesIn(list)),
    ...[...text.matchAll(ASSIGNED)].flatMap(([, member, list, whole]) => [
      ...(member ? [member] : []),
      ...(list ? namesIn(list) : []),
      ...(whole && !member ? [whole] : []),
    ]),
  ];
  const imports = [...text.matchAll(IMPORTED)].flatMap(
    ([, wanted = '']) => resolve(path, wanted, paths) ?? [],
  );
  return {
    exports: [...new Set(names)].slice(0, 24),
    imports: [...new Set(imports)].filter((other) => other !== path),
    chunks: stretchesOf(text),
  };
}

/** `a, b as c` gives `a` and `c`. */
function namesIn(list: string): string[] {
  return list
    .split(',')
    .map(
      (item) =>
        item
          .replace(/^\s*type\s/, '')
          .split(/\sas\s|:/)
          .at(-1)
          ?.trim() ?? '',
    )
    .filter((name) => /^[A-Za-z$_][\w$]*$/.test(name));
}

/** The file that `wanted` means; `#name/...` and `~/...` are taken for paths below the folder of the sources. */
function resolve(path: string, wanted: string, paths: ReadonlySet<string>): string | null {
  const alias = /^[#~]\/?(.*)$/.exec(wanted)?.[1];
  if (alias === undefined && !wanted.startsWith('.')) return null;
  const bases =
    alias === undefined
      ? [posix.join(posix.dirname(path), wanted)]
      : [`src/${alias}`, `lib/${alias}`, `dist/${alias}`];
  const stems = bases.map((base) => base.replace(/\.[cm]?jsx?$/, ''));
  for (const name of [...bases, ...stems.flatMap(withEndings)]) if (paths.has(name)) return name;
  return null;
}

function withEndings(stem: string): string[] {
  return ['.ts', '.tsx', '.js', '.mjs', '/index.ts', '/index.js'].map((ending) => stem + ending);
}

/** The text in stretches of lines, each of which repeats the end of the one before. */
export function stretchesOf(text: string): string[] {
  const lines = text.split('\n');
  const stretches: string[] = [];
  for (let start = 0; start === 0 || start + OVERLAP < lines.length; start += CHUNK_LINES - OVERLAP) {
    stretches.push(lines.slice(start, start + CHUNK_LINES).join('\n'));
  }
  return stretches;
}
