/** What a word of the user does beside being heard: `pause` and `stop` end the work, anything else goes on with it. */
export function commandOf(text: string): 'pause' | 'stop' | null {
  if (/^\W*(?:pause|wait|hold on)\b/i.test(text)) return 'pause';
  if (/^\W*(?:stop|halt|cancel (?:that|this|it))\b/i.test(text)) return 'stop';
  return null;
}
