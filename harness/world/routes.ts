import type { Operation, Service } from './service.ts';

/** What a request to a known service means. */
export type RouteMatch =
  | { kind: 'operation'; operation: Operation; params: Record<string, string> }
  | { kind: 'wrong-method'; allowed: string[] }
  | { kind: 'unknown-path' };

type Candidate = { operation: Operation; params: Record<string, string>; literals: number };

/** Finds the operation for a method and a path; where several fit, the one with the most literal segments. */
export function matchRoute(service: Service, method: string, path: string): RouteMatch {
  const segments = segmentsOf(path);
  const candidates = service.operations.flatMap((operation) => {
    const match = matchPath(operation, segments);
    return match ? [match] : [];
  });
  if (candidates.length === 0) return { kind: 'unknown-path' };
  const fitting = candidates.filter((candidate) => candidate.operation.method === method);
  const best = fitting.sort((a, b) => b.literals - a.literals)[0];
  if (best) return { kind: 'operation', operation: best.operation, params: best.params };
  return { kind: 'wrong-method', allowed: [...new Set(candidates.map(({ operation }) => operation.method))] };
}

function matchPath(operation: Operation, segments: readonly string[]): Candidate | null {
  const pattern = segmentsOf(operation.path);
  const takesRest = pattern.at(-1)?.endsWith('+') ?? false;
  if (takesRest ? segments.length < pattern.length : segments.length !== pattern.length) return null;
  const params: Record<string, string> = {};
  let literals = 0;
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.endsWith('+')) {
      params[expected.slice(1, -1)] = segments.slice(index).map(decodeSegment).join('/');
    } else if (expected.startsWith(':')) {
      params[expected.slice(1)] = decodeSegment(actual);
    } else if (expected === decodeSegment(actual)) {
      literals += 1;
    } else {
      return null;
    }
  }
  return { operation, params, literals };
}

/** Without the empty segments of leading, doubled and trailing slashes. */
function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** A stray `%` is taken as it stands: the service then says that no such thing exists. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
