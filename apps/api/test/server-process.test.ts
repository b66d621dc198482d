import { freePort } from "@yumroad/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type DatabasePlace, makeDatabasePlace } from "./database-place.ts";
import { createServerProcess, type ServerProcess, shopSettings } from "./server-process.ts";

let place: DatabasePlace;
let server: ServerProcess;

beforeEach(async () => {
  place = await makeDatabasePlace("sqlite");
  server = createServerProcess(await freePort(), shopSettings(place));
});
afterEach(async () => {
  await server.stop("SIGKILL");
  await place.remove();
});

/** As the system does when memory runs out: by its id alone, past the one who has started it. */
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
