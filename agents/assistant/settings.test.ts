import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const complete = {
  CALENDAR_URL: 'http://calendar.example/',
  CONTACTS_URL: 'http://contacts.example',
  SMS_URL: 'http://sms.example',
  MAIL_URL: 'http://mail.example',
  WEBSEARCH_URL: 'http://search.example',
  OPENAI_API_KEY: 'key',
  OPENAI_MODEL: 'strong',
};

describe('readSettings', () => {
  it('gives each role its model: simple work to the small one, where there is one', () => {
    const all = (model: string) => ({ router: model, picker: model, template: model, planner: model });
    expect(readSettings(complete).roles).toEqual(all('strong'));
    const small = { ...complete, OPENAI_SMALL_MODEL: 'small' };
    expect(readSettings(small).roles).toEqual({ ...all('strong'), router: 'small', picker: 'small' });
    expect(readSettings({ ...small, ASSISTANT_TEMPLATE_MODEL: 'own' }).roles.template).toBe('own');
  });

  it('names everything that is wrong at once', () => {
    const { SMS_URL: _, ...rest } = complete;
    expect(() => readSettings({ ...rest, ASSISTANT_STEP_LIMIT: '0' })).toThrow(
      /^assistant cannot start: SMS_URL must be set; ASSISTANT_STEP_LIMIT: \S/,
    );
  });
});
