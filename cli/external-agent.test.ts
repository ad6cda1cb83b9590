import { describe, expect, it } from 'vitest';
import { externalAgent } from './external-agent.ts';

describe('the agent of the command line', () => {
  it('has the name and version that it was given, or else those of what it is', () => {
    const named = { agentName: 'mine', agentVersion: '2.0' };
    expect(externalAgent({ agentCommand: 'python3 a.py', ...named })).toMatchObject({
      name: 'mine',
      version: '2.0',
    });
    expect(externalAgent({ agentCommand: 'python3 a.py' })).toMatchObject({
      name: 'python3 a.py',
      version: 'unversioned',
    });
    expect(externalAgent({ agentUrl: 'https://agents.test:8443/chat' })?.name).toBe('agents.test:8443');
    expect(externalAgent({})).toBeNull();
  });

  it.each([
    [
      { agentUrl: 'localhost:80' },
      /expected http:\/\/\.\.\. or https:\/\/\.\.\. in --agent-url, got "localhost:80"/,
    ],
    [{ agentUrl: '' }, /--agent-url, got ""/],
    [{ agentCommand: ' ' }, /expected a command in --agent-command, got none/],
    [{ agentName: 'x' }, /expected --agent-command or --agent-url beside/],
  ])('is refused where the options do not fit: %j', (options, message) => {
    expect(() => externalAgent(options)).toThrow(message);
  });
});
