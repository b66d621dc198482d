import childProcess, { type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { resizePicture } from "./resize-picture.ts";

const { path: folder, remove } = temporaryFolder();
const fork = vi.spyOn(childProcess, "fork");
// The named exports follow.
syncBuiltinESMExports();
afterAll(() => {
  fork.mockRestore();
  syncBuiltinESMExports();
  remove();
});
const order = { original: join(folder, "moon.png"), target: join(folder, "moon") };

/** The child process of the last call. */
function lastChild(): ChildProcess {
  return fork.mock.results.at(-1)?.value as ChildProcess;
}

beforeAll(() =>
  sharp({
    create: { width: 4000, height: 3000, channels: 3, background: "#a35", noise: { type: "gaussian", sigma: 40 } },
  })
    .png({ compressionLevel: 1 })
    .toFile(order.original),
);

test("a process that is killed leaves the work to do, and the next one does it", async () => {
  const first = resizePicture(order);
  lastChild().once("spawn", () => lastChild().kill("SIGKILL"));
  await expect(first).rejects.toThrow("SIGKILL");
  expect(existsSync(`${order.target}-1280.webp`)).toBe(false);
  expect(await resizePicture(order)).toEqual({ is: "made", width: 1280, height: 960 });
  expect(await resizePicture(order)).toEqual({ is: "made", width: 1280, height: 960 });
  expect(existsSync(`${order.target}-1280.webp`)).toBe(true);
});

test("a picture that makes the decoder crash is refused, and not tried for ever", async () => {
  const outcome = resizePicture(order);
  lastChild().once("spawn", () => lastChild().kill("SIGSEGV"));
  expect(await outcome).toEqual({ is: "unreadable" });
});

test("a process whose parent is gone ends", async () => {
  const outcome = resizePicture(order);
  lastChild().once("spawn", () => lastChild().disconnect());
  await expect(outcome).rejects.toThrow("has ended (1)");
});

test("a picture of a few bytes that takes too much memory is refused", async () => {
  const original = join(folder, "bomb.avif");
  const flat = sharp({ create: { width: 7900, height: 5000, channels: 3, background: "#a35" } });
  await flat.avif({ quality: 10, effort: 0, chromaSubsampling: "4:2:0" }).toFile(original);
  expect(statSync(original).size).toBeLessThan(5000);
  expect(await resizePicture({ original, target: join(folder, "bomb") })).toEqual({ is: "unreadable" });
});

test("a picture that takes more than 30 seconds is refused", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const outcome = resizePicture(order);
  vi.advanceTimersByTime(30_000);
  vi.useRealTimers();
  expect(await outcome).toEqual({ is: "unreadable" });
  await vi.waitFor(() => expect(lastChild().signalCode).toBe("SIGKILL"));
});

test("the process knows nothing of the shop's environment", async () => {
  process.env.SESSION_SECRET = "secret";
  await resizePicture(order);
  delete process.env.SESSION_SECRET;
  expect(fork.mock.lastCall?.[1]).toMatchObject({ env: { PATH: process.env.PATH } });
  expect(fork.mock.lastCall?.[1]).not.toHaveProperty("env.SESSION_SECRET");
});
