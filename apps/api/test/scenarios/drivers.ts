import type { Pairing } from "@yumroad/scenarios";
import { openInProcess, type RunningEnvironment } from "./in-process.ts";
import { hasBuiltPages } from "./pages.ts";
import { openStarted } from "./started.ts";

/** In this process, or as one or two server processes over HTTP. */
export type Driver = "in-process" | "started";

export function openEnvironment(driver: Driver, pairing: Pairing): Promise<RunningEnvironment> {
  return driver === "started" ? openStarted(pairing) : openInProcess(pairing);
}

/** True if there are pages to test: in process, a stand-in is served when none are built. */
export function hasPages(driver: Driver): boolean {
  return driver === "in-process" || hasBuiltPages();
}

/** Hashes at their real cost keep two processors busy; within one process there is nothing to gain. */
export function scenariosAtOnce(driver: Driver): number {
  return driver === "started" ? 4 : 1;
}
