import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "@yumroad/testkit";

/** A proxy that ends TLS in front of a server. */
interface TlsFront {
  /** Public address: `https://localhost:<port>`. */
  url: string;
  /** Forwards requests to the server at this port from now on. */
  forwardTo(port: number): void;
  close(): Promise<void>;
}

/** The reason why https is impossible here, or `null`. */
export function whyNoTls(): string | null {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return null;
  } catch {
    return "there is no openssl to make a certificate with";
  }
}

/** Listens on a free port with a self-made certificate that only this run trusts. */
export async function startTlsFront(): Promise<TlsFront> {
  let upstream = 0;
  const server = createServer(makeCertificate(), (req, res) => pass(req, res, upstream));
  const { port, close } = await listen(server);
  return {
    url: `https://localhost:${port}`,
    forwardTo(port) {
      upstream = port;
    },
    close,
  };
}

function pass(req: IncomingMessage, res: ServerResponse, port: number): void {
  const forwarded = { "x-forwarded-proto": "https", "x-forwarded-for": req.socket.remoteAddress ?? "" };
  const headers = { ...req.headers, ...forwarded };
  const outgoing = request({ host: "127.0.0.1", port, agent: false, method: req.method, path: req.url, headers });
  outgoing.once("error", () => res.destroy());
  outgoing.once("response", (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(res);
  });
  req.pipe(outgoing);
}

function makeCertificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const whose = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  try {
    execFileSync("openssl", ["req", ...kind, ...whose, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
