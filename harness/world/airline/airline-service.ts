import { z } from 'zod';
import type { JsonObject } from '../../../domain/json.ts';
import { defineOperation } from '../define-operation.ts';
import type { OperationContext, Reply, Service } from '../service.ts';
import { bookReservation } from './book-reservation.ts';
import {
  cancelReservation,
  updateReservationBaggages,
  updateReservationPassengers,
} from './change-reservation-tools.ts';
import { calculateTool, think, transferToHumanAgents } from './neutral-tools.ts';
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
    ...TOOLS.map((tool) =>
      defineOperation({
        id: tool.name,
        method: 'POST',
        path: `/tools/${tool.name}`,
        readOnly: !WRITING.has(tool),
        summary: `${tool.name} of tau-bench: what is wrong with its arguments, it says in its output`,
        body: z.looseObject(
          Object.fromEntries(tool.parameters.map((name) => [name, z.unknown().optional()])),
        ),
        replies: { 200: z.string(), 500: z.object({ error: z.string() }) },
        handle: ({ body, table }) => answer(tool, body as JsonObject, table),
      }),
    ),
    defineOperation({
      id: 'unknown',
      method: 'POST',
      path: '/tools/:name',
      summary: 'Says that there is no such tool',
      replies: { 200: z.string() },
      handle: ({ params: { name } }) => ({ status: 200, body: `Unknown action ${name}` }),
    }),
  ],
};

function answer(tool: Tool, args: JsonObject, table: OperationContext['table']): Reply {
  const tables = {
    flights: table('flights'),
    reservations: table('reservations'),
    users: table('users'),
  };
  try {
    return { status: 200, body: callTool(tool, args, tables) };
  } catch (error) {
    if (error instanceof RunFault) return { status: 500, body: { error: error.message } };
    throw error;
  }
}
