import { Client, type ClientOptions, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';

export type GrpcAnswer = { code: 0; body: Buffer } | { code: number; message: string; status: Buffer | null };

/** Calls of a service by their paths, whose messages are bytes. */
export function grpcClient(url: string, options: ClientOptions = {}) {
  const client = new Client(new URL(url).host, credentials.createInsecure(), options);
  const asIs = (bytes: Buffer) => bytes;
  return {
    /** @param service as in `trace.v1.TraceService`; headers go as metadata. */
    call(service: string, body: Buffer, headers: Record<string, string> = {}) {
      const path = `/opentelemetry.proto.collector.${service}/Export`;
      const metadata = new Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      return new Promise<GrpcAnswer>((resolve) => {
        client.makeUnaryRequest(path, asIs, asIs, body, metadata, (error, answer) => {
          if (error === null) resolve({ code: 0, body: answer ?? Buffer.alloc(0) });
          else resolve(refusal(error));
        });
      });
    },
    close: () => client.close(),
  };
}

function refusal({ code, details, metadata }: ServiceError): GrpcAnswer {
  const [status] = metadata.get('grpc-status-details-bin');
  return { code, message: details, status: Buffer.isBuffer(status) ? status : null };
}
