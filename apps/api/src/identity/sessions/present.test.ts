import { expect, it } from "vitest";
import { limits } from "../../config/limits.ts";
import { presentSessions } from "./present.ts";

const user = {
  id: "u",
  email: "ada@example.com",
  name: "Ada",
  store: { handle: "ada", name: "Ada" },
  isOperator: false,
};
const known = { user, provenAt: 0, isRemembered: false, isPending: false, device: "Firefox on Windows", address: "" };
const session = (id: string, loggedInAt: number, seenAt: number) => ({ id, record: { ...known, loggedInAt, seenAt } });

it("lists this session first, then the last used, and of two used at the same moment the younger", () => {
  const stored = [
    session("old", 1000, 5000),
    session("younger", 2000, 5000),
    session("this", 0, 4000),
    session("last used", 500, 6000),
    session("first used", 500, 3000),
  ];
  const times = (order: typeof stored) =>
    presentSessions(order, { currentId: "this", limits }).map(({ isCurrent, firstUsedAt, lastUsedAt }) => [
      isCurrent,
      Date.parse(lastUsedAt),
      Date.parse(firstUsedAt),
    ]);
  const expected = [
    [true, 4000, 0],
    [false, 6000, 500],
    [false, 5000, 2000],
    [false, 5000, 1000],
    [false, 3000, 500],
  ];
  expect(times(stored)).toEqual(expected);
  expect(times(stored.toReversed())).toEqual(expected);
});
