/** What a user wants done in a browser. */
export type Task =
  | {
      kind: 'buy';
      names: string[];
      pick: 'only' | 'cheaper';
      quantity: number;
      most: number | null;
      office: boolean;
      express: boolean;
      phone: string | null;
    }
  | { kind: 'compare'; names: string[] }
  | { kind: 'follow' | 'unfollow'; handle: string }
  | { kind: 'post'; text: string }
  | { kind: 'star' | 'fork'; repo: string }
  | { kind: 'issue'; repo: string; title: string; body: string | null }
  | { kind: 'start' | 'stop' | 'reboot'; instance: string }
  | { kind: 'launch'; name: string; type: string; zone: string; key: string | null }
  /** What is not to be done by a machine: deleting, terminating. */
  | { kind: 'destroy'; what: string };

const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, a: 1, an: 1, the: 1 };

/** The task of a message; `null` where it says none, as "go on" does. */
export function readTask(message: string): Task | null {
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
  const [first = ''] = quoted;
  if (/\b(?:delete|terminate|destroy)\b/i.test(message)) return { kind: 'destroy', what: first };
  const handle = /@([\w-]+)/.exec(message)?.[1];
  if (handle && /\bunfollow\b/i.test(message)) return { kind: 'unfollow', handle };
  if (handle && /\bfollow\b/i.test(message)) return { kind: 'follow', handle };
  const repo = /\b([a-z][\w-]*\/[a-z][\w.-]*[\w])/i.exec(message)?.[1];
  if (repo && /\bissue\b/i.test(message))
    return { kind: 'issue', repo, title: first, body: quoted[1] ?? null };
  if (repo && /\bstar\b/i.test(message)) return { kind: 'star', repo };
  if (repo && /\bfork\b/i.test(message)) return { kind: 'fork', repo };
  if (/\bpost\b/i.test(message) && first) return { kind: 'post', text: first };
  if (/\blaunch\b/i.test(message)) return readLaunch(message, first);
  const power = /\b(start|stop|reboot)\b/i.exec(message)?.[1]?.toLowerCase();
  if (power && first) return { kind: power as 'start' | 'stop' | 'reboot', instance: first };
  if (/\b(?:buy|order|get)\b/i.test(message) && first) return readPurchase(message, quoted);
  if (/\b(?:cheaper|cost|price)\b/i.test(message) && first) return { kind: 'compare', names: quoted };
  return null;
}

function readPurchase(message: string, names: string[]): Task {
  const [, count = '1'] = /\b(?:buy|order|get)\s+(\d+|one|two|three|four|an?|the)\b/i.exec(message) ?? [];
  const most = /\b(?:under|below|at most|more than)\s+€?(\d+(?:\.\d+)?)/i.exec(message)?.[1];
  return {
    kind: 'buy',
    names,
    pick: /\bcheaper\b/i.test(message) ? 'cheaper' : 'only',
    quantity: Number(count) || (NUMBERS[count.toLowerCase()] ?? 1),
    most: most === undefined ? null : Number(most) * 100,
    office: /\boffice\b/i.test(message),
    express: /\bexpress\b/i.test(message),
    phone: /(\+\d[\d ]{6,})/.exec(message)?.[1]?.trim() ?? null,
  };
}

function readLaunch(message: string, name: string): Task {
  const word = (pattern: RegExp) => pattern.exec(message)?.[1] ?? '';
  return {
    kind: 'launch',
    name,
    type: word(/\btype ([\w-]+)/i),
    zone: word(/\bzone ([\w-]+)/i),
    key: word(/\bkey ([\w-]+)/i) || null,
  };
}

/** The site that a task is done on. */
export function siteOf(task: Task): string {
  switch (task.kind) {
    case 'buy':
    case 'compare':
      return 'shop';
    case 'follow':
    case 'unfollow':
    case 'post':
      return 'social';
    case 'star':
    case 'fork':
    case 'issue':
      return 'forge';
    default:
      return 'cloud';
  }
}
