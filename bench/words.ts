const words = wordList(3000);

/** As many words, which depend on the seed alone. */
export function text(seed: number, count: number): string {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return words[(state >>> 8) % words.length];
  }).join(' ');
}

/** Words of one to four syllables. */
function wordList(count: number): string[] {
  let state = 42;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 12) % below;
  };
  const syllables = 'an be co di er fa go ha in jo ka le mi no or pa qui re so ta un ve wi yo'.split(' ');
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + draw(4) }, () => syllables[draw(syllables.length)]).join(''),
  );
}

/** An id of as many hex digits. */
export function hex(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
