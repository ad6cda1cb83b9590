import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { identity } from '../../agents/repo-bot/identity.ts';
import { makeIndex } from '../../agents/repo-bot/make-index.ts';
import { indexFileName, type StoredIndex } from '../../agents/repo-bot/retrieval/repository-index.ts';
import { readSettings } from '../../agents/repo-bot/settings.ts';
import { TOOLS } from '../../agents/repo-bot/tools.ts';
import { WorldSpec } from '../../domain/world-spec.ts';
import { codeHost, createWorld, openDoor, repoBotModels } from '../../harness/index.ts';
import { host, REPOSITORIES } from './repositories.ts';

const FOLDER = join(import.meta.dirname, '../../agents/repo-bot/indexes');

/** The indexes of the pinned repositories, as the bot makes them with the simulated model. */
export async function makeIndexes(): Promise<StoredIndex[]> {
  const [model] = repoBotModels;
  if (!model) throw new Error('expected a simulated model');
  const door = openDoor({ passthrough: [] });
  const spec = WorldSpec.parse({ now: '2026-03-02T09:00:00Z', services: ['code-host'], fixtures: ['host'] });
  const world = createWorld({ spec, services: [codeHost], fixtures: { host }, seed: 'indexes', model });
  try {
    return await door.inside(world, async (environment) => {
      const { apis, model: served } = readSettings(environment);
      const openai = new OpenAI({ apiKey: served.apiKey, baseURL: served.baseUrl });
      const shared = {
        conversation: { id: 'indexes', agent: identity },
        signal: new AbortController().signal,
      };
      const indexes: StoredIndex[] = [];
      for (const { full_name: repository } of REPOSITORIES) {
        let calls = 0;
        const nextCall = () => `call_${++calls}`;
        indexes.push(
          await makeIndex(
            { ...shared, tools: TOOLS, apis, nextCall, repository },
            { ...shared, openai, model: served.small },
          ),
        );
      }
      return indexes;
    });
  } finally {
    door.close();
  }
}

/** One file a line, so that a change of the source is a change of a line. */
export function indexText({ files, ...head }: StoredIndex): string {
  const lines = files.map((file) => `  ${JSON.stringify(file)}`).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n]}\n`;
}

if (process.argv[1] === import.meta.filename) {
  for (const index of await makeIndexes())
    writeFileSync(join(FOLDER, indexFileName(index.repository)), indexText(index));
}
