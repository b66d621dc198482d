import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type Listening, listen } from "./listen.ts";

export interface RoundRobin extends Listening {
  /**
   * Number of reads that broke off at a server that had accepted them, and were retried elsewhere. The client does not
   * see this, so a server that drops reads when it is told to stop shows here alone.
   */
  readonly retriesOfTaken: number;
}

/**
 * A plain reverse proxy, as operators put in front of several processes. Each request goes to the next process. A
 * request that a process did not accept, or a read that broke off before its answer, is retried at the following ones,
 * twice around at most.
 *
 * @example
 * const proxy = await createRoundRobin([{ port: 3001 }, { port: 3002 }]);
 */
export async function createRoundRobin(upstreams: readonly { port: number }[]): Promise<RoundRobin> {
  let turn = 0;
  let retriesOfTaken = 0;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const first = turn++;
    for (let tries = 0; tries < 2 * upstreams.length; tries += 1) {
      const upstream = upstreams[(first + tries) % upstreams.length];
      try {
        return pass(await ask(upstream?.port ?? 0, req, body), res);
      } catch (error) {
        const wasTaken = (error as NodeJS.ErrnoException).code !== "ECONNREFUSED";
        if (wasTaken && req.method !== "GET") break;
        if (wasTaken) retriesOfTaken += 1;
      }
    }
    res.writeHead(502).end();
  });
  return {
    ...(await listen(server)),
    get retriesOfTaken() {
      return retriesOfTaken;
    },
  };
}

function ask(port: number, req: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url, rawHeaders } = req;
    const outgoing = request(
      { host: "127.0.0.1", port, agent: false, method, path: url, headers: rawHeaders },
      resolve,
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function pass(answer: IncomingMessage, res: ServerResponse): void {
  res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  answer.once("error", () => res.destroy());
  answer.pipe(res);
}
