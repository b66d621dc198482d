import { request as httpRequest, type IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** Holds back the last byte of a body; `onBegun` is called when the server has accepted the headers. */
export interface Hold {
  onBegun(): void;
  released: Promise<void>;
}

interface Outgoing {
  url: string;
  method: string;
  path: string;
  headers: string[];
  body: string | Uint8Array | undefined;
  signal: AbortSignal | undefined;
  hold: Hold | undefined;
}

/** Sends a request unchanged over a new connection. Rejects with the error of `node:http`. */
export function sendRequest({ url, body, signal, hold, ...rest }: Outgoing): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, agent: false, ...rest, ...(signal && { signal }) }, resolve);
    outgoing.once("error", reject);
    if (!hold) {
      outgoing.end(body);
      return;
    }
    const bytes = Buffer.from(body ?? "");
    if (bytes.length === 0) throw new Error("A request without a body has no last byte to hold");
    outgoing.once("continue", () => {
      outgoing.write(bytes.subarray(0, -1));
      hold.onBegun();
      hold.released.then(() => outgoing.end(bytes.subarray(-1)));
    });
  });
}

const DECODERS = new Map([
  ["gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync],
]);

/** The complete, decoded body of an answer. */
export async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const decode = DECODERS.get(response.headers["content-encoding"] ?? "");
  // An answer to HEAD may name an encoding but has no body to decode.
  return decode && bytes.length > 0 ? decode(bytes) : bytes;
}
