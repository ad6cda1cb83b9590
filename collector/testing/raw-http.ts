import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type RawRequest = {
  method?: string;
  headers?: Record<string, string>;
  /** One piece is sent with its length, several are sent chunked. */
  body?: Buffer | string | readonly (Buffer | string)[];
  agent?: Agent;
};

/** A request whose headers and pieces are as given, and its answer as it came: `fetch` adds and inflates. */
export function rawHttp(url: string, given: RawRequest = {}): Promise<RawAnswer> {
  const { method = 'POST', headers = {}, body, agent } = given;
  return new Promise<RawAnswer>((resolve, reject) => {
    const sent = request(url, { method, headers, agent: agent ?? new Agent() }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
      answer.on('error', reject);
    });
    sent.on('error', (error) => {
      // The server may end an idle connection in the moment in which it is used again.
      const stale = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (stale) rawHttp(url, given).then(resolve, reject);
      else reject(error);
    });
    if (body === undefined || Buffer.isBuffer(body) || typeof body === 'string') {
      sent.end(body);
      return;
    }
    for (const piece of body) sent.write(piece);
    sent.end();
  });
}
