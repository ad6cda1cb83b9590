/**
 * The words of each command of a shell text that begins with `program`, wherever it stands: alone, after variables, after
 * `npx` or `npm run`, before a pipe or `>`. Quotes and line breaks after `\` are read as a shell reads them; nothing is
 * expanded.
 */
export function commandsOf(text: string, program: string): string[][] {
  return shellCommands(text).flatMap((words) => {
    const launcher = words.findIndex((word) => !/^\w+=/.test(word) && word !== 'npx');
    const rest = words.slice(Math.max(launcher, 0));
    const npm = [...'npm run'.split(' '), program, '--'];
    const begin = npm.every((word, place) => rest[place] === word) ? npm.length : Number(rest[0] === program);
    const end = rest.includes('>') ? rest.indexOf('>') : rest.length;
    return begin > 0 ? [rest.slice(begin, end)] : [];
  });
}

/** The words of each command, parted by line breaks, `|`, `&&` and `;`. */
function shellCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  const token = /\\\n|\n|#[^\n]*|&&|[|;]|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|;&])+|\s|&/g;
  for (const [found] of text.matchAll(token)) {
    if (found === '\\\n' || found.startsWith('#') || /^[^\S\n]$/.test(found)) continue;
    if (/^(\n|\||&&|;|&)$/.test(found)) commands.push([]);
    else commands.at(-1)?.push(unquoted(found));
  }
  return commands;
}

function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, plain?: string) =>
      single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? plain ?? '',
  );
}
