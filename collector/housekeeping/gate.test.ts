import { describe, expect, it } from 'vitest';
import { openGate } from './gate.ts';

describe('a gate', () => {
  it('is held once the passes under way have ended, and lets the next through after that', async () => {
    const gate = openGate();
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const passes = [
      gate.pass(async () => {
        await first.promise;
        order.push('first');
      }),
      gate.pass(async () => order.push('beside')),
    ];
    const holding = gate.hold(async () => {
      order.push('held');
      await held.promise;
    });
    const late = gate.pass(async () => order.push('late'));
    first.resolve();
    await Promise.all(passes);
    held.resolve();
    await Promise.all([holding, late]);
    expect(order).toEqual(['beside', 'first', 'held', 'late']);
  });

  it('opens again after a failure, which is its caller’s alone', async () => {
    const gate = openGate();
    const fails = async () => {
      throw new Error('broken');
    };
    await expect(gate.pass(fails)).rejects.toThrow('broken');
    await expect(gate.hold(fails)).rejects.toThrow('broken');
    expect(await gate.pass(async () => 1)).toBe(1);
  });
});
