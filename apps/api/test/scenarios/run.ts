// Runs scenarios in one environment and prints how each ended, a line of JSON each:
//   node test/scenarios/run.ts --driver in-process|started --sessions embedded|redis [--stop] [--only "a name"]…
// The database is the one that TEST_DATABASE says (sqlite, postgres).
import { parseArgs } from "node:util";
import { runScenarios, scenarios } from "@yumroad/scenarios";
import { databaseKind } from "../test-database.ts";
import { type Driver, hasPages, openEnvironment, scenariosAtOnce } from "./drivers.ts";

const { values } = parseArgs({
  options: {
    driver: { type: "string", default: "in-process" },
    sessions: { type: "string", default: "embedded" },
    only: { type: "string", multiple: true },
    stop: { type: "boolean", default: false },
  },
});
const driver = values.driver as Driver;
const sessions = values.sessions === "redis" ? "redis" : "embedded";
const wanted = values.only ? scenarios.filter(({ name }) => values.only?.includes(name)) : scenarios;
if (values.only && wanted.length < values.only.length) throw new Error("There is no scenario of that name");

const env = await openEnvironment(driver, { database: databaseKind, sessions });
try {
  const outcomes = await runScenarios(env, wanted, {
    atOnce: scenariosAtOnce(driver),
    hasPages: hasPages(driver),
    stopAtFirst: values.stop,
    onOutcome({ scenario: { name }, error, ms }) {
      const line = { name, ms, error: error === null ? null : error.message };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    },
  });
  if (outcomes.some(({ error }) => error !== null)) process.exitCode = 1;
} finally {
  await env.close();
}
