// Finds Node 24 and pnpm 12, or fetches what is missing into .tools/ (npm ships both as packages).
// Runs on any Node from 20.19 on, before anything is installed: no dependency, no TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NODE_MAJOR = 24;
const NODE_VERSION = "24.21.0";
const PNPM_VERSION = "12.21.0";
const toolsFolder = join(root, ".tools");
const toolsBin = join(toolsFolder, "node_modules", ".bin");
const isWindows = process.platform === "win32";

function majorOf(command) {
  const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8", shell: isWindows });
  return status === 0 ? Number(stdout.trim().replace(/^v/, "").split(".")[0]) : 0;
}

function missingTools() {
  const missing = [];
  const hasOwnNode = existsSync(join(toolsBin, isWindows ? "node.cmd" : "node"));
  const hasOwnPnpm = existsSync(join(toolsBin, isWindows ? "pnpm.cmd" : "pnpm"));
  if (!hasOwnNode && majorOf("node") < NODE_MAJOR) missing.push(`node@${NODE_VERSION}`);
  if (!hasOwnPnpm && majorOf("pnpm") !== Number(PNPM_VERSION.split(".")[0])) missing.push(`pnpm@${PNPM_VERSION}`);
  return missing;
}

/**
 * Makes Node 24 and pnpm 12 callable and returns the environment that has them first on the PATH. Installed versions
 * are used if they fit. Throws an Error that says what to do when npm can't fetch them.
 */
export function prepareTools(say = () => {}) {
  const missing = missingTools();
  if (missing.length > 0) {
    say(`fetching ${missing.join(" and ")}`);
    const install = ["install", "--prefix", toolsFolder, "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
    const { status } = spawnSync("npm", [...install, "--loglevel=error", ...missing], {
      stdio: "inherit",
      shell: isWindows,
    });
    if (status !== 0) {
      throw new Error(
        `npm could not fetch ${missing.join(" and ")}: is this machine online? Then run the command again.`,
      );
    }
  }
  return {
    ...process.env,
    PATH: `${toolsBin}${delimiter}${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: "1",
    // Compiled once, and not by each process: a start of the server costs a quarter less.
    NODE_COMPILE_CACHE: join(toolsFolder, "compile-cache"),
  };
}

/**
 * Runs a command and resolves with its exit status and output, whatever they are. It is ended after `patienceMs`. With
 * `isTold`, its stderr is shown instead of returned.
 */
export function capture(command, args, { cwd = root, env = {}, patienceMs, isTold = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", isTold ? "inherit" : "pipe"];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, shell: isWindows });
    const patience = patienceMs && setTimeout(() => child.kill("SIGKILL"), patienceMs);
    let printed = "";
    let complained = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (complained += text));
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(patience);
      resolve({ status, printed, complained });
    });
  });
}

/** Runs a command in the repository's root, shows its output, and resolves with its exit status. */
export function run(command, args, { env, stdio = "inherit" }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio, shell: isWindows });
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
}
