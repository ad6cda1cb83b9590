import type { Json, JsonObject } from '../../domain/json.ts';
import { supposeAnswers } from './repo-bot/hypotheses.ts';
import { judge } from './repo-bot/judge.ts';
import { itemsOf, type Sections, sectionsOf } from './repo-bot/message.ts';
import { questionsFor } from './repo-bot/questions.ts';
import { notePlaces, rankCandidates } from './repo-bot/rank.ts';
import type { ChatMove, SimulatedModel } from './simulated-model.ts';

/** Fills in a form from the sections of the message. */
type Fill = (sections: Sections, random: () => number) => JsonObject;

/** What the policy does with each form that it is given. */
const FORMS: Readonly<Record<string, Fill>> = {
  judge_request: judge,
  write_hypotheses: supposeAnswers,
  write_questions: (sections) => ({ questions: questionsFor(sections) }),
  rank_files: rankCandidates,
  note_places: notePlaces,
  write_report: (sections, random) => ({ approach: approach(sections, random) }),
};

/** Planted misbehaviours, where they mean most. */
const FAULTS: Readonly<Record<string, Readonly<Record<string, Fill>>>> = {
  /** Takes every issue for a feature request of this repository. */
  credulous: { judge_request: (sections) => ({ ...judge(sections), verdict: 'feature' }) },
  /** Puts what the search found last first. */
  astray: {
    rank_files: (sections) => {
      const candidates = itemsOf(sections.get('Candidates')).reverse().slice(0, 5);
      return {
        files: candidates.map((item) => ({ path: item.split(' | ')[0] ?? '', reason: 'looks right' })),
      };
    },
  },
};

/**
 * A simulated helper of maintainers. It knows no repository: what it supposes of a request comes from the request's own
 * words and a list of words of programming that stand for one another, and what it says of files from their text.
 *
 * @param faults planted misbehaviours: `credulous` goes on with every issue, `astray` ranks the likeliest files last
 */
export function repoBotModel(faults: readonly (keyof typeof FAULTS)[]): SimulatedModel {
  const forms: Readonly<Record<string, Fill>> = Object.assign(
    {},
    FORMS,
    ...faults.map((fault) => FAULTS[fault]),
  );
  return {
    name: ['sim/repo-bot', ...faults].join('+'),
    move({ messages, tools }, random): ChatMove {
      // Whatever is said later is about how the form was filled in.
      const text = messages.find(({ role }) => role === 'user')?.content ?? '';
      const [form = ''] = tools;
      const fill = Object.hasOwn(forms, form) ? forms[form] : undefined;
      if (!fill) return { text: 'I fill in forms: I judge, suppose, rank, read and report.' };
      return { calls: [{ tool: form, arguments: fill(sectionsOf(text), random) as Record<string, Json> }] };
    },
  };
}

/** `sim/repo-bot` and its two misbehaving siblings. */
export const repoBotModels: readonly SimulatedModel[] = [
  repoBotModel([]),
  repoBotModel(['credulous']),
  repoBotModel(['astray']),
];

function approach(sections: Sections, random: () => number): string {
  const [first = '', second] = itemsOf(sections.get('Files')).map((item) => item.split(': ')[0] ?? '');
  const place = itemsOf(sections.get('Places'))[0]?.split(': ')[1]?.split(', ')[0];
  const openings = ['Begin with', 'The change begins in', 'A good place to start is'];
  const opening = openings[Math.floor(random() * openings.length)] ?? openings[0];
  const where = place ? `\`${place}\` in \`${first}\`` : `\`${first}\``;
  const then = second ? ` Then see what \`${second}\` has to pass on.` : '';
  return `${opening} ${where}.${then} Add a test of the new behaviour, and keep the default as it is.`;
}
