import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { allEndpoints, type Endpoint, type EndpointName, problemsOf } from "../src/index.ts";

/** An answer that the server gave, with believable values in place of those that differ on each request. */
export interface Recording {
  status: number;
  /** Headers that clients use. Of a cookie: its name and attributes. */
  headers: Record<string, string | string[]>;
  /** The JSON body; missing where there was none. */
  body?: unknown;
}

/**
 * The recordings of one endpoint by outcome: `success`, or the code of a problem. If answers of one outcome differ in
 * shape there are several, distinguished by words behind a colon: `success: a second factor is owed`.
 */
export type Recordings = Readonly<Record<string, Recording>>;

const folder = import.meta.dirname;

/**
 * The server's answers, by endpoint, as the API's own tests recorded them and compare them again on every run
 * (`apps/api/src/recordings.test.ts`). For the mocks of component tests and the examples of the OpenAPI document; pages
 * must not load it. The files are read from the folder at run time, so that a missing recording fails a test and not
 * the import.
 */
export const recordings: Readonly<Partial<Record<EndpointName, Recordings>>> = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(folder, file), "utf8")) as Recordings]),
);

/** The file of an endpoint's recordings. */
export function recordingsFile(endpoint: EndpointName): string {
  return join(folder, `${endpoint}.json`);
}

/** Every outcome of an endpoint by its contract. */
export function outcomesOf(endpoint: Endpoint): string[] {
  const others = Object.keys(endpoint.otherwise ?? {}).map((status) => `otherwise ${status}`);
  return ["success", ...others, ...problemsOf(endpoint)];
}

/** The outcome in a recording's name: the part before the colon. */
export function outcomeOf(name: string): string {
  return name.split(":", 1)[0] ?? name;
}

/** The recordings of one outcome of an endpoint, by name. */
export function recordingsOf(endpoint: Endpoint, outcome: string): [name: string, recording: Recording][] {
  const [name] = allEndpoints.find(([, known]) => known === endpoint) ?? [];
  const all = (name && recordings[name]) ?? {};
  return Object.entries(all).filter(([recorded]) => outcomeOf(recorded) === outcome);
}
