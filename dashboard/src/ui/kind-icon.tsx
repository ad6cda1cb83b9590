import type { SpanKind } from '../../../domain/span-kind.ts';
import { Icon, type IconName } from './icon.tsx';

const icons: Record<SpanKind, IconName> = {
  agent: 'hexagon',
  llm: 'spark',
  tool: 'wrench',
  retrieval: 'magnifier',
  guardrail: 'shield',
  human: 'person',
  step: 'step',
  other: 'dot',
};

/** A span kind's mark, in the colour that it has everywhere; its word stands beside it. */
export function KindIcon({ kind }: { kind: SpanKind }) {
  return <Icon name={icons[kind]} className={`kind-${kind}`} />;
}
