import type { Operation, OperationContext, Reply, Service } from '../service.ts';
import { bookReservation } from './book-reservation.ts';
import {
  cancelReservation,
  updateReservationBaggages,
  updateReservationPassengers,
} from './change-reservation-tools.ts';
import { calculateTool, think, transferToHumanAgents } from './neutral-tools.ts';
import { isObject } from './python-operations.ts';
import { getReservationDetails, getUserDetails, listAllAirports } from './reading-tools.ts';
import { searchDirectFlight, searchOnestopFlight } from './search-tools.ts';
import { sendCertificate } from './send-certificate.ts';
import { callTool, type Tool } from './tool.ts';
import { RunFault } from './tool-error.ts';
import { updateReservationFlights } from './update-reservation-flights.ts';

const TOOLS: readonly Tool[] = [
  bookReservation,
  calculateTool,
  cancelReservation,
  getReservationDetails,
  getUserDetails,
  listAllAirports,
  searchDirectFlight,
  searchOnestopFlight,
  sendCertificate,
  think,
  transferToHumanAgents,
  updateReservationBaggages,
  updateReservationFlights,
  updateReservationPassengers,
];

const WRITING = new Set([
  bookReservation,
  cancelReservation,
  sendCertificate,
  updateReservationBaggages,
  updateReservationFlights,
  updateReservationPassengers,
]);

/**
 * The airline of tau-bench as a fake API: `POST /tools/<name>` with the arguments as the body answers 200 with the
 * tool's output as a JSON text. A refusal is an output too, for that is how the original's agents met it.
 */
export const airlineService: Service = {
  name: 'airline',
  tables: {
    flights: { key: 'flight_number' },
    reservations: { key: 'reservation_id' },
    users: { key: 'user_id' },
  },
  operations: [
    ...TOOLS.map(
      (tool): Operation => ({
        id: tool.name,
        method: 'POST',
        path: `/tools/${tool.name}`,
        readOnly: !WRITING.has(tool),
        handle: (context) => answer(tool, context),
      }),
    ),
    {
      id: 'unknown',
      method: 'POST',
      path: '/tools/:name',
      handle: ({ params }) => ({ status: 200, body: `Unknown action ${params.name}` }),
    },
  ],
};

function answer(tool: Tool, context: OperationContext): Reply {
  const { body } = context;
  if (!isObject(body)) {
    return { status: 400, body: { error: 'expected a JSON object of arguments as the body' } };
  }
  const tables = {
    flights: context.table('flights'),
    reservations: context.table('reservations'),
    users: context.table('users'),
  };
  try {
    return { status: 200, body: callTool(tool, body, tables) };
  } catch (error) {
    if (error instanceof RunFault) return { status: 500, body: { error: error.message } };
    throw error;
  }
}
