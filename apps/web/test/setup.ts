import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { server, takeFaults } from "./mock.ts";
import { stopApps } from "./render-app.tsx";

// A busy machine is no reason to fail: what takes its time is looked at again.
configure({ asyncUtilTimeout: 5000 });

// What jsdom lacks.
window.matchMedia = (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
});
window.scrollTo = () => {};
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView = () => {};

const complaints: string[] = [];

beforeAll(() => {
  server.listen({
    onUnhandledFrame({ frame, defaults }) {
      complaints.push(`unhandled request: ${frame}`);
      defaults.error();
    },
  });
});

beforeEach(() => {
  complaints.length = 0;
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) =>
      complaints.push(words.map(String).join(" ").slice(0, 500)),
    );
  }
});

afterEach(() => {
  cleanup();
  stopApps();
  server.resetHandlers();
  sessionStorage.clear();
  localStorage.clear();
  document.body.hidden = false;
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "credentials");
  // An unexpected word on the console, an unhandled request, a mock that does not fit the contract: each fails the test.
  expect(complaints).toEqual([]);
  expect(takeFaults()).toEqual([]);
});

afterAll(() => server.close());
