import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

describe("a cursor", () => {
  it("comes back as the place it was made from, and fits into a query as it is", () => {
    const cursor = encodeCursor(ID);
    expect(decodeCursor(cursor)).toBe(ID);
    expect(cursor).toMatch(/^[\w-]+$/);
  });

  it.each(["", "x", "AAAA", encodeCursor("' or 1=1 --"), encodeCursor(`${ID}0`), encodeCursor(ID.toUpperCase()), ID])(
    "is none of ours when it is %j",
    (cursor) => {
      expect(decodeCursor(cursor)).toBeNull();
    },
  );
});
