import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { root } from "./tools.mjs";

/** Time between SIGTERM and SIGKILL: long enough to drop databases of a million rows. */
const GRACE_MS = 30_000;

/**
 * Runs a program to its end and shows its stderr live. After `patienceMs`, or when this process is told to end, the
 * program and all its children get SIGTERM so that they can clean up, and SIGKILL `graceMs` later.
 * @returns {Promise<{ status: number | null, signal: string | null, isCutOff: boolean, isInterrupted: boolean, printed: string, complained: string }>}
 */
export function runPart({ command: [name, ...args], env, patienceMs, graceMs = GRACE_MS, stderr = process.stderr }) {
  return new Promise((resolve, reject) => {
    let [isCutOff, isInterrupted] = [false, false];
    const interrupt = (signal) => {
      isInterrupted = true;
      end(signal);
    };
    // Before the program starts: a signal would end this process without it.
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, interrupt);
    // Its own process group, so that all of its children can be signalled.
    const child = spawn(name, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const tell = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    };
    let force;
    const end = (signal) => {
      tell(signal);
      force ??= setTimeout(() => {
        tell("SIGKILL");
        // A process outside the group may still hold the pipes.
        child.stdout.destroy();
        child.stderr.destroy();
      }, graceMs);
    };
    const patience = setTimeout(() => {
      isCutOff = true;
      end("SIGTERM");
    }, patienceMs);
    const settled = () => {
      clearTimeout(patience);
      clearTimeout(force);
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupt);
    };

    let [printed, complained] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr.write(text);
      complained += stripVTControlCharacters(text);
    });
    child.on("error", (error) => {
      settled();
      reject(error);
    });
    child.on("close", (status, signal) => {
      settled();
      resolve({ status, signal, isCutOff, isInterrupted, printed, complained });
    });
  });
}
