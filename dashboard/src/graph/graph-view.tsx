import { useMemo } from 'react';
import { type AgentGraph, agentGraph, type GraphNode } from '../../../domain/agent-graph.ts';
import { formatCount, formatDuration } from '../../../domain/format.ts';
import type { TreeRow } from '../../../domain/span-tree.ts';
import type { StructureSpan } from '../../../domain/trace-structure.ts';
import { Icon } from '../ui/icon.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { shownLabel } from '../ui/shown-text.ts';
import { cornerOf, coursePath, NODE } from './course-path.ts';
import { layout } from './layout.ts';

type GraphViewProps = {
  rows: readonly TreeRow<StructureSpan>[];
  /** The selected span. */
  selected: string | null;
  onSelect: (spanId: string) => void;
};

/** Beyond it no one reads a graph: the most frequent steps are shown, and it says so. */
const mostNodes = 2500;

/** The steps of an agent and how it went from one to the other; what it did again and again leads back. */
export function GraphView({ rows, selected, onSelect }: GraphViewProps) {
  const whole = useMemo(() => agentGraph(rows), [rows]);
  const graph = useMemo(() => mostFrequent(whole), [whole]);
  const {
    places,
    courses,
    rows: deep,
    columns,
  } = useMemo(() => layout({ nodes: graph.nodes.length, edges: graph.edges }), [graph]);
  if (graph.nodes.length === 0) {
    return <p className="state">No span of this trace is a step of an agent: there is nothing to draw.</p>;
  }
  const size = {
    width: columns * (NODE.width + NODE.gapX),
    height: deep * (NODE.height + NODE.gapY),
  };
  const corner = (node: number) => cornerOf(places[node] ?? { row: 0, column: 0 });
  return (
    <section className="graph" aria-label="Graph of the agent">
      {graph.nodes.length < whole.nodes.length && (
        <p className="warn">
          showing the {formatCount(graph.nodes.length)} most frequent of {formatCount(whole.nodes.length)}{' '}
          steps
        </p>
      )}
      <div className="graph-canvas" style={size}>
        <svg width={size.width} height={size.height} aria-hidden="true">
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 z" fill="context-stroke" />
            </marker>
          </defs>
          {graph.edges.map((edge, index) => {
            const course = courses[index] ?? 'down';
            const { path, label } = coursePath(course, corner(edge.from), corner(edge.to));
            return (
              <g key={`${edge.from} ${edge.to}`} className={`edge edge-${course}`}>
                <path d={path} markerEnd="url(#arrow)" />
                {edge.count > 1 && (
                  <text x={label.x} y={label.y}>
                    x{edge.count}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
        {graph.nodes.map((node, index) => {
          const { x, y } = corner(index);
          return (
            <button
              type="button"
              key={node.spanId}
              className={node.errors > 0 ? 'graph-node failed' : 'graph-node'}
              aria-pressed={node.spanId === selected}
              style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
              onClick={() => onSelect(node.spanId)}
            >
              <NodeFace node={node} />
            </button>
          );
        })}
      </div>
      <Passages graph={graph} />
    </section>
  );
}

function NodeFace({ node }: { node: GraphNode }) {
  return (
    <>
      <span className="graph-label" title={shownLabel(node.label)}>
        <KindIcon kind={node.kind} /> {shownLabel(node.label) || 'unnamed'}
      </span>
      <span className="graph-figures">
        {node.count > 1 && `x${formatCount(node.count)} · `}
        {node.errors > 0 && (
          <span className="fail">
            <Icon name="warning" /> {formatCount(node.errors)} failed ·{' '}
          </span>
        )}
        {formatDuration(node.time)} · {node.kind}
        {node.agent !== null && node.agent !== node.label && ` of ${node.agent}`}
      </span>
    </>
  );
}

/** The same as a table. */
function Passages({ graph: { nodes, edges } }: { graph: AgentGraph }) {
  const label = (place: number) => shownLabel(nodes[place]?.label ?? '') || 'unnamed';
  return (
    <details>
      <summary>As a table</summary>
      <table>
        <caption className="visually-hidden">How the agent went from step to step</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className="number">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ from, to, count }) => (
            <tr key={`${from} ${to}`}>
              <td>{label(from)}</td>
              <td>{label(to)}</td>
              <td className="number">{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function mostFrequent(graph: AgentGraph): AgentGraph {
  if (graph.nodes.length <= mostNodes) return graph;
  const kept = graph.nodes
    .map((node, place) => ({ node, place }))
    .sort((a, b) => b.node.count - a.node.count)
    .slice(0, mostNodes)
    .sort((a, b) => a.place - b.place);
  const placeOf = new Map(kept.map(({ place }, now) => [place, now]));
  return {
    nodes: kept.map(({ node }) => node),
    edges: graph.edges.flatMap((edge) => {
      const from = placeOf.get(edge.from);
      const to = placeOf.get(edge.to);
      return from === undefined || to === undefined ? [] : [{ ...edge, from, to }];
    }),
  };
}
