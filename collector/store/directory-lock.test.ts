import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './directory-lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('lockDirectory', () => {
  it('lets one in, refuses the next in one line, and lets it in after the release', () => {
    const first = lockDirectory(join(directory, 'data'));
    expect(() => lockDirectory(join(directory, 'data'))).toThrow(
      expect.objectContaining({
        code: 'DATA_DIRECTORY_LOCKED',
        message: expect.stringMatching(new RegExp(`^expected .* but process ${process.pid} holds it$`)),
      }),
    );
    first.release();
    lockDirectory(join(directory, 'data')).release();
    expect(existsSync(join(directory, 'data', 'lock'))).toBe(false);
  });

  it('takes over the lock of a process that is dead', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFileSync(join(directory, 'lock'), `${child.pid} 123`);
    lockDirectory(directory).release();
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'takes over that of a dead process that nobody has buried',
    async () => {
      // A shell that becomes a sleep never asks how its child ended, if it becomes one before that.
      const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        const pid = line.toString().trim();
        const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
        await expect.poll(() => stat()[2]).toBe('Z');
        writeFileSync(join(directory, 'lock'), `${pid} ${stat()[21]}`);
        lockDirectory(directory).release();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  it.runIf(existsSync('/proc/self/stat'))('is not fooled by a process id that is used again', () => {
    writeFileSync(join(directory, 'lock'), `${process.pid} 1`);
    lockDirectory(directory).release();
  });

  it('takes over a lock that is not one of ours', () => {
    writeFileSync(join(directory, 'lock'), '');
    lockDirectory(directory).release();
  });

  it('does not release a lock that another one has taken over', () => {
    const first = lockDirectory(directory);
    writeFileSync(join(directory, 'lock'), `${process.pid} 1`);
    const second = lockDirectory(directory);
    writeFileSync(join(directory, 'lock'), `${process.ppid} 1`);
    first.release();
    expect(existsSync(join(directory, 'lock'))).toBe(true);
    second.release();
  });
});
