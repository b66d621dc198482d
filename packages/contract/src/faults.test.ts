import { expect, test } from "vitest";
import { fault, issueOf, readFault } from "./index.ts";

test("a fault has a code, what a text of it needs, and its text in English", () => {
  expect(issueOf({ path: ["name"], message: fault("too_short", { field: "name", min: 4 }) })).toEqual({
    path: ["name"],
    code: "too_short",
    params: { field: "name", min: 4 },
    message: "The name needs at least 4 characters",
  });
  expect(issueOf({ path: [], message: fault("too_long", { field: "store_name", max: 1000 }) }).message).toBe(
    "The store’s name has more than 1,000 characters",
  );
});

test("a message that is no fault stays as it is", () => {
  const issue = { path: ["kind"], code: "invalid", params: {}, message: "Invalid input: expected string" };
  expect(issueOf({ path: ["kind"], message: issue.message })).toEqual(issue);
  expect(readFault("The name is missing")).toBeNull();
});
