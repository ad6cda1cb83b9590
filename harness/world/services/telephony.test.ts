import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { telephony } from './telephony.ts';

const lines = [
  { on: '', say: 'Hello, Lee here.', pause: 1 },
  { on: 'meeting', say: 'Stop right there.', pause: 0, barge: 3 },
  { on: 'sorry', say: 'Bye.', hang_up: true },
];
const open = () =>
  openService(telephony, {
    'telephony.callees': [
      { number: '+12125550101', answers: true, lines },
      { number: '+12125550102', answers: false, lines: [] },
    ],
  });

describe('telephony', () => {
  it('takes the time that ringing, hearing and speaking take on the clock of the world', async () => {
    const { call, world } = open();
    const start = world.now;
    const seconds = () => (world.now - start) / 1e6;
    expect((await call('POST', '/Calls', { To: '+12125550101' })).body.status).toBe('in-progress');
    expect(seconds()).toBeCloseTo(6.08);
    const heard = await call('POST', '/Calls/CA_1/listen');
    // A second before three words of 0.35 s.
    expect(heard.body).toMatchObject({ transcript: 'Hello, Lee here.', silence: false });
    expect(seconds()).toBeCloseTo(6.08 + 2.05 + 0.08);
    expect((Date.parse(heard.body.end) - Date.parse(heard.body.start)) / 1000).toBeCloseTo(1.05);
    const said = await call('POST', '/Calls/CA_1/say', { text: 'One two.' });
    expect(said.body).toMatchObject({ spoken: 'One two.', interrupted: false, audio_seconds: 0.7 });
    expect(seconds()).toBeCloseTo(8.21 + 0.2 + 0.7 + 0.08);
  });

  it('is silent, is interrupted, and is dead when the other side hangs up', async () => {
    const { call } = open();
    await call('POST', '/Calls', { To: '+12125550101' });
    await call('POST', '/Calls/CA_1/listen');
    expect((await call('POST', '/Calls/CA_1/listen')).body).toMatchObject({ silence: true, transcript: '' });
    const said = await call('POST', '/Calls/CA_1/say', { text: 'May I propose a meeting this week?' });
    expect(said.body).toMatchObject({ spoken: 'May I propose', interrupted: true });
    expect((await call('POST', '/Calls/CA_1/listen')).body.transcript).toBe('Stop right there.');
    await call('POST', '/Calls/CA_1/say', { text: 'I am sorry.' });
    expect((await call('POST', '/Calls/CA_1/listen')).body.call_status).toBe('completed');
    expect((await call('POST', '/Calls/CA_1/say', { text: 'Hello?' })).status).toBe(409);
  });

  it('rings out, and knows no call that was not made', async () => {
    const { call } = open();
    expect((await call('POST', '/Calls', { To: '+12125550102' })).body.status).toBe('no-answer');
    expect((await call('POST', '/Calls/CA_1/say', { text: 'Hello?' })).status).toBe(409);
    expect((await call('POST', '/Calls/CA_9/listen')).status).toBe(404);
    expect((await call('POST', '/Calls/CA_1/hangup')).body.status).toBe('completed');
    expect((await call('POST', '/Calls', { To: '0101' })).status).toBe(400);
  });
});
