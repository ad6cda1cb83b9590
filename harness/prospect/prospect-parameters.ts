/**
 * What a simulated prospect goes by. Each figure and where it comes from is in docs/reference/prospects.md; most are
 * assumptions. Rates are per delivered message and 0 to 1; factors multiply a rate.
 */
export type ProspectParameters = {
  /** Replies to the message of reference: relevance 0.5, no claims, of the best length, first touch, office hours. */
  replyRate: number;
  /** No message does better, whatever its factors come to. */
  highestReplyRate: number;
  /** Factor between a message that fits nobody in particular (relevance 0) and one about the reader's own situation (1). */
  relevanceFactor: number;
  /** Factor of each claim that holds, for `claimsHeard` of them at most. */
  trueClaimFactor: number;
  claimsHeard: number;
  /** Factor of each claim that does not hold. */
  falseClaimFactor: number;
  /** Words that do best. */
  bestWords: number;
  /** Factor of half as many words or of twice as many; of a quarter and four times, its fourth power. */
  lengthFactor: number;
  weekendFactor: number;
  /** Factor before 7:00 and from 19:00 on, by the prospect's clock. */
  eveningFactor: number;
  /** Factor of each message that went unanswered before. */
  earlierTouchFactor: number;
  /** Factor where the last one came less than `tooSoonDays` ago. */
  tooSoonFactor: number;
  tooSoonDays: number;
  /** Standard deviation of the logarithm of how willing a prospect is; the mean is 1 whatever it is. */
  willingnessSpread: number;
  bounceRate: number;
  /** Of delivered messages that are not answered: opened all the same. */
  openRate: number;
  /** Replies that want to go on, at relevance 0.5; it changes with the root of the relevance's factor. */
  positiveShare: number;
  /** Positive replies that become a meeting. */
  meetingShare: number;
  /** Opt-outs by a first message at relevance 0.5; an irrelevant one brings more by the root of the relevance's factor. */
  optOutRate: number;
  /** Factor of each earlier message on it. */
  optOutTouchFactor: number;
  /** Factor of each false claim on it. */
  optOutFalseClaimFactor: number;
  /** Hours to an answer: median, and standard deviation of the logarithm. */
  delayMedianHours: number;
  delaySpread: number;
  /** No answer comes later. */
  delayMostDays: number;
  /** Days from a positive reply to the meeting's booking: drawn evenly up to this. */
  meetingMostDays: number;
};

export const PROSPECT_PARAMETERS: ProspectParameters = {
  replyRate: 0.02,
  highestReplyRate: 0.6,
  relevanceFactor: 4,
  trueClaimFactor: 1.1,
  claimsHeard: 3,
  falseClaimFactor: 0.6,
  bestWords: 90,
  lengthFactor: 0.85,
  weekendFactor: 0.6,
  eveningFactor: 0.85,
  earlierTouchFactor: 0.7,
  tooSoonFactor: 0.5,
  tooSoonDays: 2,
  willingnessSpread: 1,
  bounceRate: 0.02,
  openRate: 0.4,
  positiveShare: 0.3,
  meetingShare: 0.4,
  optOutRate: 0.004,
  optOutTouchFactor: 1.5,
  optOutFalseClaimFactor: 1.5,
  delayMedianHours: 8,
  delaySpread: 1.6,
  delayMostDays: 30,
  meetingMostDays: 3,
};
