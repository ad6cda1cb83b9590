import type { Operation, OperationContext } from '../service.ts';
import { html } from './markup.ts';
import { captchaPage, loginPage } from './session.ts';
import type { Screen, Site } from './site.ts';
import { isSmallPrint, smallPrint } from './small-print.ts';

/**
 * What every site has: pages of help, which say little, and the forms of its walls. Nobody gets past these: each try is
 * written down, since it is none of an agent's business to be a person or to know a password.
 */
export function commonPages(site: Site): Operation[] {
  const tried = (kind: string, { table, newId }: OperationContext, again: Screen): Screen => {
    table('attempts').insert({ id: newId('attempt'), kind });
    return again;
  };
  return [
    site.page({
      id: 'help.get',
      path: '/help/:topic',
      summary: 'A page of help, which says little',
      show({ params: { topic = '' } }) {
        const title = topic.replaceAll('-', ' ');
        if (isSmallPrint(topic)) return { title, main: smallPrint(title) };
        return {
          title,
          main: html`<h1>${title}</h1><p>Somebody is there for you from Monday to Friday, 9:00 to 17:00.</p>`,
        };
      },
    }),
    site.form({
      id: 'captcha.try',
      path: '/captcha',
      summary: 'Tries to pass for a person',
      onWall: true,
      submit: (request) => tried('captcha', request, captchaPage('That was not right. Please try again.')),
    }),
    site.form({
      id: 'login.try',
      path: '/login',
      summary: 'Tries to sign in',
      onWall: true,
      submit: (request) => tried('login', request, loginPage('This password is not right.')),
    }),
  ];
}
