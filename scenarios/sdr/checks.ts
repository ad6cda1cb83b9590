import { z } from 'zod';
import type { PackCheck } from '../../harness/index.ts';
import { MANNERS } from '../manners.ts';

const Material = z.object({ material: z.array(z.string()) });
const FIGURE =
  /\d+(?:[.,]\d+)?(?=\s?(?:%|percent\b|times\b|days\b|weeks\b|customers\b|companies\b|euros?\b|€))/gi;

/** Each figure in a message that went out stands in the material, or in what a service answered before. */
const supportedFigures: PackCheck = {
  version: 1,
  check({ journal, calls }, given) {
    const { material } = Material.parse(given);
    return journal.flatMap(({ table, after, call }) => {
      const text = String(after?.body ?? after?.text ?? after?.message ?? '');
      if (!['mail.outbox', 'linkedin.messages', 'linkedin.invitations'].includes(table)) return [];
      const read = calls
        .filter(({ number }) => number < call.number)
        .map(({ response }) => JSON.stringify(response));
      const known = new Set(
        [...material, ...read].flatMap((source) => source.match(/\d+(?:[.,]\d+)?/g) ?? []),
      );
      return (text.match(FIGURE) ?? [])
        .filter((figure) => !known.has(figure))
        .map((figure) => ({
          message: `the figure ${figure} has no source`,
          expected: null,
          actual: figure,
          spanId: call.spanId,
        }));
    });
  },
};

/** The checks of sales work, by the names under which scenarios ask for them. */
export const CHECKS: Readonly<Record<string, PackCheck>> = {
  ...MANNERS,
  'supported-figures': supportedFigures,
};
