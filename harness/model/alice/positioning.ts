import type { Policy } from '../simulated-model.ts';
import { readBriefing, unfold } from './briefing.ts';
import { evidence } from './evidence.ts';

/** An angle from the company's line of business, and as evidence a fact in its own words: nothing is made up. */
export function positioning(): Policy {
  return ({ messages }) => {
    const { company, profile, news } = evidence(unfold(messages, readBriefing(messages)));
    const angle = profile
      ? `how a company in ${profile.industry.toLowerCase()} finds its next customers`
      : `how ${company ?? 'the company'} finds its next customers`;
    const fact = [...news, profile?.description].find((text) => text && isQuotable(text));
    return { text: `Angle: ${angle}.\nEvidence: ${fact ? `${fact.replace(/\.$/, '')}.` : 'none'}` };
  };
}

/** One short sentence that asks for nothing: what is longer, or speaks to its reader, is not put before a prospect. */
function isQuotable(text: string): boolean {
  return text.length <= 120 && !/[\n<>{}]|\b(?:you|your|ignore|must|please|instruction)/i.test(text);
}
