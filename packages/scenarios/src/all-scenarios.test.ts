import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { scenarios, themes } from "./all-scenarios.ts";
import { missingNeeds } from "./scenario.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string) => readFileSync(root + path, "utf8");

describe("the scenarios", () => {
  it("are more than a hundred and twenty over HTTP, and more than forty in Chromium", () => {
    expect(scenarios.filter(({ run }) => run).length).toBeGreaterThanOrEqual(120);
    expect(scenarios.filter(({ seenIn }) => seenIn).length).toBeGreaterThanOrEqual(40);
  });

  it("each have a name of their own, a theme, and a way to be run", () => {
    const names = scenarios.map(({ name }) => name);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    expect(themes.filter((theme) => theme.scenarios.length === 0)).toEqual([]);
    expect(scenarios.filter(({ run, seenIn }) => !run && !seenIn)).toEqual([]);
  });

  it("are each about requirements that there are", () => {
    const known = new Set([...read("docs/requirements.md").matchAll(/^\*\*(R\d+)\*\*/gm)].map(([, row]) => row));
    expect(known.size).toBeGreaterThan(50);
    expect(scenarios.filter(({ rows }) => rows.length === 0 || rows.some((row) => !known.has(row)))).toEqual([]);
  });

  it("name journeys that there are", () => {
    const lost = scenarios.flatMap(({ seenIn }) => {
      if (seenIn === undefined) return [];
      const [file = "", title = ""] = seenIn.split(" › ");
      return read(`apps/e2e/journeys/${file}`).includes(`("${title}"`) ? [] : [seenIn];
    });
    expect(lost).toEqual([]);
  });
});

it("a scenario that needs something is not there without it", () => {
  const scenario = { name: "", rows: [], needs: ["redis", "postgres"] as const };
  expect(missingNeeds(scenario, { database: "sqlite", sessions: "embedded" })).toEqual(["redis", "postgres"]);
  expect(missingNeeds(scenario, { database: "postgres", sessions: "embedded" })).toEqual(["redis"]);
  expect(missingNeeds(scenario, { database: "postgres", sessions: "redis" })).toEqual([]);
  const seen = { name: "", rows: [], needs: ["pages"] as const };
  expect(missingNeeds(seen, { database: "sqlite", sessions: "embedded" }, false)).toEqual(["pages"]);
  expect(missingNeeds(seen, { database: "sqlite", sessions: "embedded" }, true)).toEqual([]);
});
