import type { WebSocket } from 'ws';
import type { UntilRefused } from '../access/until-refused.ts';
import type { ControlDesk } from './control-desk.ts';

/** Between two pings; who has not answered the last one is taken for gone. Proxies cut what is silent for longer. */
const heartbeatMilliseconds = 15_000;
/** Who has not said who they are by then is let go. */
const helloMilliseconds = 10_000;
/** Of what an agent has not read yet. */
const mostUnreadBytes = 256 * 1024;

/** Of one that is asked to close, until it is cut. */
const closeMilliseconds = 1000;

/** Ties the WebSocket of an agent to the desk, until either ends or the agent would not be let in any more. */
export function serveAgent(
  socket: WebSocket,
  desk: Pick<ControlDesk, 'connect'>,
  untilRefused: UntilRefused,
): void {
  let alive = true;
  let known = false;
  const { onFrame, onClose } = desk.connect({
    send(frame) {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount > mostUnreadBytes) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close(code, reason) {
      socket.close(code, reason);
      // Who does not read does not answer a close either.
      if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
    },
  });
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, heartbeatMilliseconds);
  const introduction = setTimeout(() => {
    if (!known) socket.close(1008, `expected a hello within ${helloMilliseconds / 1000} s`);
  }, helloMilliseconds);
  const stopLooking = untilRefused(() => {
    socket.close(1008, 'expected a key that is not revoked and has not expired');
    setTimeout(() => socket.terminate(), closeMilliseconds).unref();
  });
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, binary) => {
    alive = true;
    known = true;
    if (binary) socket.close(1003, 'expected frames of text');
    else onFrame(String(data));
  });
  // The close that follows says it all.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(introduction);
    stopLooking();
    onClose();
  });
}
