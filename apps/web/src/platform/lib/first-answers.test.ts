import { endpoints } from "@yumroad/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mock } from "../../../test/mock.ts";
import { product, setStage } from "../../../test/stage.ts";
import { callWithoutApp as call } from "../../../test/transport.ts";

const address = "/api/products/paper-moon";
const get = (signal?: AbortSignal) =>
  call(endpoints.products.get, { params: { slug: "paper-moon" }, ...(signal && { signal }) });
const answered = (name: string) => Promise.resolve(Response.json(product(name)));

beforeEach(() => {
  setStage();
  // The page has just been loaded, however long the tests run.
  vi.spyOn(performance, "now").mockReturnValue(1000);
});
afterEach(() => {
  vi.restoreAllMocks();
  delete window.firstAnswers;
});

test("what the document has asked for is not asked for again, and is taken once", async () => {
  window.firstAnswers = new Map([[address, answered("From the document")]]);
  const asked = mock(endpoints.products.get, { status: 200, body: product("Asked again") });
  expect((await get()).name).toBe("From the document");
  expect(asked).toHaveLength(0);
  expect((await get()).name).toBe("Asked again");
});

test("without an answer to the document the app asks by itself", async () => {
  window.firstAnswers = new Map([[address, Promise.reject(new TypeError("offline"))]]);
  mock(endpoints.products.get, { status: 200, body: product("Asked again") });
  expect((await get()).name).toBe("Asked again");
});

test("an answer of long ago is asked for again", async () => {
  vi.spyOn(performance, "now").mockReturnValue(10_000);
  window.firstAnswers = new Map([[address, answered("From the document")]]);
  mock(endpoints.products.get, { status: 200, body: product("Asked again") });
  expect((await get()).name).toBe("Asked again");
});

test("a refusal is one", async () => {
  const problem = { type: "about:blank", title: "Not found", status: 404, code: "not_found", requestId: "r" };
  window.firstAnswers = new Map([[address, Promise.resolve(Response.json(problem, { status: 404 }))]]);
  await expect(get()).rejects.toMatchObject({ code: "not_found" });
});

test("who has left does not get it", async () => {
  window.firstAnswers = new Map([[address, answered("From the document")]]);
  const leaving = new AbortController();
  const answer = get(leaving.signal);
  leaving.abort();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
});

test("a request that changes something makes them worthless", async () => {
  window.firstAnswers = new Map([[address, answered("From the document")]]);
  mock(endpoints.auth.logout, { status: 204, body: null });
  mock(endpoints.products.get, { status: 200, body: product("Asked again") });
  await call(endpoints.auth.logout);
  expect((await get()).name).toBe("Asked again");
});
