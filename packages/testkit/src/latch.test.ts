import express from "express";
import { expect, test } from "vitest";
import { createClient } from "./client.ts";
import { createLatch, holdCalls } from "./latch.ts";
import { listen } from "./listen.ts";
import { race, tally } from "./race.ts";

test("a latch holds everybody back until it opens", async () => {
  const latch = createLatch();
  const arrived: number[] = [];
  const racing = race(3, async (index) => {
    await latch.wait();
    arrived.push(index);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(arrived).toEqual([]);
  expect(latch.isOpen).toBe(false);

  latch.open();
  await racing;
  expect(arrived).toEqual([0, 1, 2]);
  expect(latch.isOpen).toBe(true);
  await latch.wait();
});

test("tells when enough have come, also when they are there already, and with how many it gave up", async () => {
  const latch = createLatch();
  const two = latch.arrived(2);
  void latch.wait();
  await latch.arrived();
  expect(latch.arrivals).toBe(1);
  await expect(latch.arrived(2, { withinMs: 5 })).rejects.toThrow("1 of 2 have come to the latch within 5 ms");
  void latch.wait();
  await two;
  await latch.arrived(2);
  latch.open();
});

test("holds requests where it stands among the handlers", async () => {
  const latch = createLatch();
  let handled = 0;
  const app = express().post("/pay", latch.middleware, (_, response) => {
    handled += 1;
    response.sendStatus(201);
  });
  const server = await listen(app);
  const paying = race(2, () => createClient(server).post("/pay"));
  await latch.arrived(2);
  expect(handled).toBe(0);
  latch.open();
  expect(tally(await paying)).toEqual({ 201: 2 });
  await server.close();
});

class Store {
  saved: string[] = [];
  async save(value: string): Promise<number> {
    this.saved.push(value);
    return this.saved.length;
  }
  set(value: string, done: () => void): void {
    this.saved.push(value);
    done();
  }
}

test("holds every call of a method until it is opened, and is gone then", async () => {
  const store = new Store();
  const saving = holdCalls(store, "save");
  const [one, two] = [store.save("one"), store.save("two")];
  await saving.arrived(2);
  expect(store.saved).toEqual([]);
  saving.open();
  expect(await Promise.all([one, two])).toEqual([1, 2]);
  expect(await store.save("three")).toBe(3);
  expect(saving.arrivals).toBe(2);
  expect(Object.hasOwn(store, "save")).toBe(false);
});

test("holds what takes a callback as well", async () => {
  const store = new Store();
  const setting = holdCalls(store, "set");
  const done = createLatch();
  store.set("one", done.open);
  await setting.arrived();
  expect([store.saved, done.isOpen]).toEqual([[], false]);
  setting.open();
  await done.wait();
  expect(store.saved).toEqual(["one"]);
});

test("lets the work be done and holds its answer, if asked to; what the object had of its own comes back", async () => {
  const own = async () => 7;
  const store = Object.assign(new Store(), { save: own });
  const saving = holdCalls(store, "save", { when: "after" });
  let isAnswered = false;
  const answer = store.save().finally(() => {
    isAnswered = true;
  });
  await saving.arrived();
  expect(isAnswered).toBe(false);
  saving.open();
  expect(await answer).toBe(7);
  expect(store.save).toBe(own);
});

test("opened twice, it takes nothing away that came after it", async () => {
  const store = new Store();
  const first = holdCalls(store, "save");
  first.open();
  const second = holdCalls(store, "save");
  first.open();
  const saving = store.save("one");
  await second.arrived();
  second.open();
  await saving;
});
