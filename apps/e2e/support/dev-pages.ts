import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePort } from "@yumroad/testkit";

const WEB = fileURLToPath(new URL("../../web", import.meta.url));
const VITE = fileURLToPath(new URL("../../web/node_modules/vite/bin/vite.js", import.meta.url));
const STARTS_WITHIN_MS = 30_000;

/** Pages as a developer sees them, without a build. */
export interface DevPages {
  url: string;
  stop(): void;
}

/** Starts the server that developers use on a port, with these settings, and waits until it answers. */
export async function startDevPages(settings: Record<string, string>, port?: number): Promise<DevPages> {
  const at = port ?? (await freePort());
  const url = `http://localhost:${at}`;
  const vite = spawn(process.execPath, [VITE, "--port", String(at), "--strictPort"], {
    cwd: WEB,
    env: { ...process.env, ...settings },
    stdio: "ignore",
  });
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < giveUpAt && vite.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return { url, stop: () => void vite.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  vite.kill();
  throw new Error(`The pages do not come up at ${url}`);
}
