import type { Pairing, TestEnvironment } from "./test-environment.ts";

/** A promise that holds for every database and session store. */
export interface Scenario {
  /** A unique sentence that says what holds. */
  name: string;
  /** The rows of docs/requirements.md that it covers. */
  rows: `R${number}`[];
  /** Requirements of the scenario. Without them it is not run, which is not the same as passing. */
  needs?: readonly Need[];
  /**
   * True for a scenario that moves the clock, breaks something or uses up a limit that all visitors share. No other
   * scenario runs at the same time.
   */
  alone?: true;
  /** The journey in Chromium that shows the same to a user: file and title, separated by " › ". */
  seenIn?: string;
  /** The check over HTTP. A promise that only a page can show has a journey and no `run`. */
  run?(env: TestEnvironment): Promise<void>;
}

/** "pages" means the built pages: their stand-in only says that they are not built. */
export type Need = "redis" | "postgres" | "pages";

/** Scenarios about one subject. */
export interface Theme {
  title: string;
  scenarios: readonly Scenario[];
}

/** The needs of a scenario that a pairing does not meet; empty if the scenario can run there. */
export function missingNeeds({ needs = [] }: Scenario, { database, sessions }: Pairing, hasPages = true): Need[] {
  return needs.filter((need) => (need === "pages" ? !hasPages : need !== database && need !== sessions));
}
