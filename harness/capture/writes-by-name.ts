const WRITING = new Set(
  `add append approve archive assign block book cancel charge close create delete deploy drop edit email execute forward
  grant import insert invite issue kill log mark merge modify move notify open order patch pay post publish purchase push
  put refund register reject remove rename reply reserve reset revoke save schedule send set share start stop store submit
  subscribe transfer trigger unsubscribe update upload upsert write`.split(/\s+/),
);

const READING = new Set(
  `browse calculate check compare count current describe fetch find get has inspect is list load look lookup query read
  recall retrieve search show summarize think validate view`.split(/\s+/),
);

/**
 * Whether a tool writes, guessed by its name: the first word in it that says so decides (`send_email` and `crmUpdate`
 * write, `get_updates` reads); a name with no such word reads. An author corrects the guess in the pack file.
 */
export function writesByName(tool: string): boolean {
  const words = tool
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const telling = words.find((word) => WRITING.has(word) || READING.has(word));
  return telling !== undefined && WRITING.has(telling);
}
