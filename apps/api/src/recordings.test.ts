import { rmSync, writeFileSync } from "node:fs";
import { allEndpoints, type Endpoint, type EndpointName } from "@yumroad/contract";
import { outcomeOf, outcomesOf, type Recording, recordings, recordingsFile } from "@yumroad/contract/recordings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFixtures, type Fixtures } from "../test/recordings/fixtures.ts";
import { askFor } from "../test/recordings/interaction.ts";
import { interactionsOf, ownInteractionsOf } from "../test/recordings/interactions/index.ts";
import { normalise } from "../test/recordings/normalise.ts";
import { canRunOn, named, storeKinds } from "../test/test-app.ts";
import { databaseKind } from "../test/test-database.ts";

// Makes every answer that the contract names by real requests and compares it with its recording. The web app's tests
// mock with these recordings alone, and the OpenAPI document shows them.

const isUpdate = Boolean(process.env.UPDATE_RECORDINGS) && databaseKind === "sqlite";
const UPDATE = "UPDATE_RECORDINGS=1 pnpm --filter @yumroad/api exec vitest run --project sqlite src/recordings.test.ts";

describe("the contract and its recordings", () => {
  it.each(allEndpoints)("%s: each outcome of its contract is produced", (name, endpoint) => {
    const produced = Object.keys(interactionsOf(name, endpoint)).map(outcomeOf);
    for (const outcome of outcomesOf(endpoint)) {
      expect(produced, neverProduced(name, outcome)).toContain(outcome);
    }
  });

  it.each(allEndpoints)("%s: nothing is produced that its contract does not name", (name, endpoint) => {
    for (const produced of Object.keys(interactionsOf(name, endpoint))) {
      expect(outcomesOf(endpoint), `${name}: “${produced}” is no outcome of its contract`).toContain(
        outcomeOf(produced),
      );
    }
  });

  it.skipIf(isUpdate)("there is no recording that nothing produces any more", () => {
    const produced = allEndpoints.flatMap(([name, endpoint]) =>
      Object.keys(interactionsOf(name, endpoint)).map((key) => [name, key]),
    );
    const known = new Set(produced.map(String));
    const kept = Object.entries(recordings).flatMap(([name, recorded]) =>
      Object.keys(recorded).map((key) => [name, key]),
    );
    const stale = kept.filter((recording) => !known.has(String(recording)));
    expect(stale, `Nothing produces these recordings any more. Take them away: ${UPDATE}`).toEqual([]);
  });
});

describe.each(storeKinds)("recordings", (store) => {
  describe.skipIf(!canRunOn(store))(named("recordings", store), () => {
    const isInFull = store === "embedded" && databaseKind === "sqlite";
    let fixtures: Fixtures;
    const produced: Partial<Record<EndpointName, Record<string, Recording>>> = {};
    beforeAll(async () => {
      fixtures = await createFixtures(store);
    });
    afterAll(async () => {
      await fixtures.close();
      if (isUpdate && isInFull) keep(produced);
    });

    for (const [name, endpoint] of allEndpoints) {
      // Answers common to every endpoint come before any store is asked, or from faults of the database alone.
      const interactions = isInFull ? interactionsOf(name, endpoint) : ownInteractionsOf(name);
      it.each(Object.entries(interactions))(`${name}: %s`, async (key, interaction) => {
        const answer = await interaction(fixtures, askFor(endpoint));
        const recording = abridged(name, normalise(answer, fixtures.clock.now()));
        expect(outcomeIn(endpoint, recording), `What was produced is not “${key}”: ${answer.text}`).toBe(
          outcomeOf(key),
        );
        produced[name] = { ...produced[name], [key]: recording };
        if (isUpdate) return;
        const recorded = recordings[name]?.[key];
        expect(recorded, `There is no recording of ${name}: ${key}. Make it: ${UPDATE}`).toBeDefined();
        expect(recording, drift(name, key, endpoint)).toEqual(recorded);
      });
    }
  });
});

/** The API's description contains all recordings, so its own recording can't contain it whole. */
function abridged(name: EndpointName, recording: Recording): Recording {
  return name === "openapi.get"
    ? { ...recording, body: { ...(recording.body as object), paths: {}, components: {} } }
    : recording;
}

/** The outcome that an answer belongs to. */
function outcomeIn(endpoint: Endpoint, { status, body }: Recording): string {
  if (status === endpoint.success.status) return "success";
  return endpoint.otherwise?.[status] ? `otherwise ${status}` : (body as { code: string }).code;
}

function neverProduced(name: string, outcome: string): string {
  return `${name} may answer “${outcome}” by its contract, and nothing produces it. Produce it in apps/api/test/recordings/interactions, or, if it can't happen, take it out of the contract.`;
}

function drift(name: EndpointName, key: string, { method, path }: Endpoint): string {
  return `${method} ${path} answers otherwise than recorded as “${key}” in packages/contract/recordings/${name}.json. Clients and their tests go by that. If it is meant, record it anew and look at what changed: ${UPDATE}`;
}

/** Writes the produced recordings and deletes those that nothing produces any more. */
function keep(produced: Partial<Record<EndpointName, Record<string, Recording>>>): void {
  const names = new Set(allEndpoints.map(([name]) => name));
  for (const name of Object.keys(recordings) as EndpointName[]) {
    if (!names.has(name)) rmSync(recordingsFile(name));
  }
  for (const [name, endpoint] of allEndpoints) {
    const known: Record<string, Recording> = { ...recordings[name], ...produced[name] };
    const wanted = Object.keys(interactionsOf(name, endpoint)).sort(byOutcomeOf(endpoint));
    const kept = wanted.flatMap((key) => (known[key] ? [[key, known[key]] as const] : []));
    writeFileSync(recordingsFile(name), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }
}

/** Orders outcomes as the contract does, the plain one before its variants. */
function byOutcomeOf(endpoint: Endpoint) {
  const order = outcomesOf(endpoint);
  return (one: string, other: string) =>
    order.indexOf(outcomeOf(one)) - order.indexOf(outcomeOf(other)) || one.length - other.length;
}
