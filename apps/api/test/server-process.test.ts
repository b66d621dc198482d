import { freePort } from "@yumroad/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createServerProcess, type ServerProcess, shopSettings } from "./server-process.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let testDatabase: TestDatabase;
let server: ServerProcess;

beforeEach(async () => {
  testDatabase = await createTestDatabase("sqlite");
  server = createServerProcess(await freePort(), shopSettings(testDatabase));
});
afterEach(async () => {
  await server.stop("SIGKILL");
  await testDatabase.remove();
});

/** Kills by process id alone, bypassing the parent, as the system does when memory runs out. */
const killFromOutside = () => process.kill(server.pid ?? Number.NaN, "SIGKILL");

it("knows of a process that a signal has ended: there is nothing left to stop", async () => {
  await server.start();
  killFromOutside();
  await expect.poll(() => server.pid).toBeUndefined();
  expect(await server.stop()).toBeNull();
});

it("tells at once that a process was killed before it was ready", async () => {
  const started = server.start();
  killFromOutside();
  await expect(started).rejects.toThrow("The server does not start");
});
