import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const complete = {
  CRM_URL: 'http://crm.example/',
  MAIL_URL: 'http://mail.example/v1',
  CALENDAR_URL: 'http://calendar.example',
  OPENAI_API_KEY: 'key',
  OPENAI_MODEL: 'gpt-4.1-mini',
};

describe('readSettings', () => {
  it('reads the environment, with defaults', () => {
    expect(readSettings(complete)).toEqual({
      apis: {
        crm: 'http://crm.example',
        mail: 'http://mail.example/v1',
        calendar: 'http://calendar.example',
      },
      model: {
        baseUrl: 'https://api.openai.com/v1',
        apiKey: 'key',
        name: 'gpt-4.1-mini',
        small: 'gpt-4.1-mini',
      },
      recursionLimit: 20,
      mostTools: Number.MAX_SAFE_INTEGER,
      userUrl: null,
    });
    expect(readSettings({ ...complete, ALICE_TOOLS: '10' }).mostTools).toBe(10);
    expect(readSettings({ ...complete, OPENAI_SMALL_MODEL: 'nano' }).model.small).toBe('nano');
    expect(readSettings({ ...complete, USER_URL: 'ws://user.example/u/1' }).userUrl).toBe(
      'ws://user.example/u/1',
    );
    const more = { ...complete, LINKEDIN_URL: 'http://linkedin.example/' };
    expect(readSettings(more).apis.linkedin).toBe('http://linkedin.example');
    expect(readSettings({ ...complete, ALICE_RECURSION_LIMIT: '5' }).recursionLimit).toBe(5);
  });

  it('names everything that is wrong at once', () => {
    const { CRM_URL: _, ...rest } = complete;
    expect(() => readSettings({ ...rest, MAIL_URL: 'mail', ALICE_RECURSION_LIMIT: '0' })).toThrow(
      /CRM_URL must be set; MAIL_URL: \S.*; ALICE_RECURSION_LIMIT: \S/,
    );
  });
});
