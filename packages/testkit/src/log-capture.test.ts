import { expect, test } from "vitest";
import { createLogCapture } from "./log-capture.ts";

test("parses each whole line, however it was cut", () => {
  const logs = createLogCapture();
  logs.write('{"event":"one"}\n{"eve');
  expect(logs.lines).toEqual([{ event: "one" }]);
  logs.write('nt":"two"}\nplain words\n');
  expect(logs.lines).toEqual([{ event: "one" }, { event: "two" }, { unparsed: "plain words" }]);
  expect(logs.text).toContain("plain words");
});

test("forgets everything when cleared", () => {
  const logs = createLogCapture();
  logs.write('{"event":"one"}\n');
  logs.clear();
  expect(logs.lines).toEqual([]);
  expect(logs.text).toBe("");
});
