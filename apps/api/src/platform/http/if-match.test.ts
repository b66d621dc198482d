import type { Request } from "express";
import { expect, it } from "vitest";
import { requireVersion } from "./if-match.ts";

const THERE = '"7-abc"';

/** The refusal of a change with this `If-Match`; null when it may continue. */
function refusalOf(ifMatch: string | undefined): string | null {
  try {
    requireVersion({ headers: { "if-match": ifMatch } } as Request, THERE);
    return null;
  } catch (refusal) {
    return (refusal as { code: string }).code;
  }
}

it.each([THERE, `W/${THERE}`, `"6-abc", ${THERE}`, `${THERE},"8-abc"`, `W/"6-abc",W/${THERE}`])(
  "a change to the version that %s names goes on",
  (ifMatch) => {
    expect(refusalOf(ifMatch)).toBeNull();
  },
);

it.each(['"6-abc"', 'W/"6-abc"', '""', '"7-abc "', '"6-abc","8-abc"'])("%s names others", (ifMatch) => {
  expect(refusalOf(ifMatch)).toBe("version_conflict");
});

it.each([undefined, "", "*", "7-abc", '"', 'W/"7-abc'])("%j names none", (ifMatch) => {
  expect(refusalOf(ifMatch)).toBe("precondition_required");
});
