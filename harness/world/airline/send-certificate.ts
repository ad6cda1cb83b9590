import type { JsonObject } from '../../../domain/json.ts';
import { pythonStr } from './python-text.ts';
import { userOf } from './records.ts';
import { defineTool } from './tool.ts';
import { RunFault } from './tool-error.ts';

/** The ids that new certificates get. One that is used up is free again. */
const IDS = ['certificate_3221322', 'certificate_3221323', 'certificate_3221324'] as const;

export const sendCertificate = defineTool(
  'send_certificate',
  ['user_id', 'amount'],
  ({ user_id, amount }, { users }) => {
    const user = userOf(users, user_id);
    const methods = user.payment_methods as JsonObject;
    const id = IDS.find((candidate) => !Object.hasOwn(methods, candidate));
    if (!id) throw new RunFault(`expected a free certificate id, but ${IDS.join(', ')} are taken`);
    users.update(String(user.user_id), {
      payment_methods: { ...methods, [id]: { source: 'certificate', amount, id } },
    });
    return `Certificate ${id} added to user ${pythonStr(user_id)} with amount ${pythonStr(amount)}.`;
  },
);
