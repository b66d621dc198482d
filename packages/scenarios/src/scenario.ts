import type { Pairing, World } from "./world.ts";

/** Something that has to hold, whatever the shop runs on. */
export interface Scenario {
  /** A sentence that says what holds. No two are alike. */
  name: string;
  /** The rows of docs/requirements.md that it is about. */
  rows: `R${number}`[];
  /** What it can't be without. Elsewhere it is not there, which is not the same as passing. */
  needs?: readonly Need[];
  /** It moves the clock, breaks something, or fills a limit of everybody's: nothing else goes on meanwhile. */
  alone?: true;
  /** The journey that shows the same to a person, in Chromium: file and title, with " › " between them. */
  seenIn?: string;
  /** Over HTTP. What only a page can show has a journey and nothing else. */
  run?(world: World): Promise<void>;
}

/** "pages" are there once they were built: their stand-in says no more than that they were not. */
export type Need = "redis" | "postgres" | "pages";

/** Scenarios about one thing. */
export interface Theme {
  title: string;
  scenarios: readonly Scenario[];
}

/** What a scenario lacks on a pairing, and where pages are or are not; nothing if it can run there. */
export function lacking({ needs = [] }: Scenario, { database, sessions }: Pairing, hasPages = true): Need[] {
  return needs.filter((need) => (need === "pages" ? !hasPages : need !== database && need !== sessions));
}
