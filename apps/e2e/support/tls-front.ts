import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "@yumroad/testkit";

/** What ends TLS in front of a server, as an operator's proxy does. */
interface TlsFront {
  /** Where people reach it: `https://localhost:<port>`. */
  url: string;
  /** From now on requests go to the server at this port. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Why there can be no https here, `null` when there can. */
export function whyNoTls(): string | null {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return null;
  } catch {
    return "there is no openssl to make a certificate with";
  }
}

/** Listens on a free port with a certificate of its own making, which nobody but this run has a reason to trust. */
export async function startTlsFront(): Promise<TlsFront> {
  let upstream = 0;
  const server = createServer(makeCertificate(), (req, res) => pass(req, res, upstream));
  const { port, close } = await listen(server);
  return {
    url: `https://localhost:${port}`,
    leadTo(port) {
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
