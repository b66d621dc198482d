import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ResizeOrder, ResizeOutcome } from "./resize-child.ts";

const CHILD = fileURLToPath(new URL("./resize-child.ts", import.meta.url));
const TIME_MS = 30_000;
const MEMORY_BYTES = 600 * 2 ** 20;
const LOOK_EVERY_MS = 100;
const PAGE_BYTES = 4096;

/** A picture takes more time or memory than it may. It would again, so it is refused. */
const TOO_MUCH: ResizeOutcome = { is: "unreadable" };

/** Signals of a decoder's own fault, which the same bytes would bring about each time. */
const CRASHES = new Set<NodeJS.Signals>(["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"]);

/**
 * Makes the sizes of a picture in a process of its own, which ends afterwards: the memory that decoding takes is given
 * back, and bytes that are made to harm a decoder meet no secrets and no database.
 */
export function resizePicture(order: ResizeOrder): Promise<ResizeOutcome> {
  // Without the environment, which has the shop's secrets.
  const child = fork(CHILD, {
    env: { PATH: process.env.PATH },
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(TOO_MUCH), TIME_MS);
    const looking = setInterval(async () => {
      if ((await memoryOf(child)) > MEMORY_BYTES) end(TOO_MUCH);
    }, LOOK_EVERY_MS);
    function end(outcome: ResizeOutcome | Error) {
      clearTimeout(timer);
      clearInterval(looking);
      child.removeAllListeners();
      // Ending the child can make its channel emit an error, which would end this process without a listener.
      child.on("error", () => {});
      child.kill("SIGKILL");
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
    child.once("message", (outcome: ResizeOutcome) => end(outcome));
    child.once("error", end);
    child.once("exit", (code, signal) =>
      end(
        signal !== null && CRASHES.has(signal)
          ? TOO_MUCH
          : new Error(`The process that makes pictures has ended (${code ?? signal})`),
      ),
    );
    child.send(order);
  });
}

/** Bytes of memory that a process takes; 0 where the system does not tell. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return Number(text.split(" ")[1] ?? 0) * PAGE_BYTES;
}
