import { AIRPORTS } from './airports.ts';
import { pythonJson } from './python-text.ts';
import { findRow, userOf, userText } from './records.ts';
import { defineTool } from './tool.ts';
import { ToolError } from './tool-error.ts';

export const getUserDetails = defineTool('get_user_details', ['user_id'], ({ user_id }, { users }) =>
  userText(userOf(users, user_id)),
);

export const getReservationDetails = defineTool(
  'get_reservation_details',
  ['reservation_id'],
  ({ reservation_id }, { reservations }) => {
    const reservation = findRow(reservations, reservation_id);
    // The original says "user" here too.
    if (!reservation) throw new ToolError('user not found');
    return pythonJson(reservation);
  },
);

export const listAllAirports = defineTool('list_all_airports', [], () => pythonJson(AIRPORTS));
