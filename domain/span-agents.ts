import type { Span } from './span.ts';

type Node = Pick<Span, 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'agent'>;

/**
 * Which agent is at work in each span: the nearest span of an agent above it, or it itself, by its name; where there is
 * none, the nearest span that names an agent. Of a cycle of parents (broken input) a part is left without. O(n).
 */
export function agentsAtWork(spans: readonly Node[]): Map<string, string | null> {
  const byId = new Map(spans.map((span) => [span.spanId as string, span]));
  /** By span: the name of the nearest agent's span, and that of the nearest span that names one. */
  const known = new Map<string, { agent: string | null; named: string | null }>();
  for (const span of spans) {
    const path: Node[] = [];
    const passed = new Set<string>();
    let above: Node | undefined = span;
    while (above && !known.has(above.spanId) && !passed.has(above.spanId)) {
      path.push(above);
      passed.add(above.spanId);
      above = byId.get(above.parentSpanId ?? '');
    }
    let inherited = known.get(above?.spanId ?? '') ?? { agent: null, named: null };
    for (const node of path.toReversed()) {
      inherited = {
        agent: node.kind === 'agent' ? agentName(node) : inherited.agent,
        named: node.agent ?? inherited.named,
      };
      known.set(node.spanId, inherited);
    }
  }
  return new Map([...known].map(([spanId, { agent, named }]) => [spanId, agent ?? named]));
}

/** The conventions name the span of an agent `invoke_agent <name>`. */
function agentName({ agent, name }: Node): string {
  return agent ?? (name.replace(/^(?:invoke|execute|run)_agent\s+/, '') || 'agent');
}
