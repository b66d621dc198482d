import { describe, expect, it } from "vitest";
import { createSealedBox, SealBroken } from "./sealed-box.ts";

const former = { id: "former", secret: "a former secret, long enough to be one" };
const newest = { id: "newest", secret: "the newest secret, long enough to be one" };
const box = createSealedBox({ secrets: [newest], purpose: "tests" });

describe("a sealed box", () => {
  it.each(["", "a", "JBSWY3DPEHPK3PXP", "ünïcödé 🌻\n\0", "x".repeat(100_000)])("opens what it sealed (%#)", (text) => {
    const sealed = box.seal(text, "row 1");
    expect(box.open(sealed, "row 1")).toBe(text);
    expect(sealed).toMatch(/^s1\.newest\.[\w-]+$/);
    expect(sealed.length).toBeLessThan((Buffer.byteLength(text) * 4) / 3 + 60);
  });

  it("shows nothing of the text, and never the same twice", () => {
    const sealed = Array.from({ length: 100 }, () => box.seal("the same text", "row 1"));
    expect(new Set(sealed).size).toBe(100);
    expect(Buffer.from(sealed.join("")).includes("same")).toBe(false);
    expect(Buffer.from(sealed[0]?.split(".")[2] ?? "", "base64url").includes("same")).toBe(false);
  });

  it("does not open what was changed, at any place of it", () => {
    const sealed = box.seal("a secret", "row 1");
    for (let place = 0; place < sealed.length; place += 1) {
      const other = sealed[place] === "A" ? "B" : "A";
      const changed = sealed.slice(0, place) + other + sealed.slice(place + 1);
      expect(() => box.open(changed, "row 1"), `changed at ${place}`).toThrow(SealBroken);
      expect(() => box.open(sealed.slice(0, place), "row 1"), `cut at ${place}`).toThrow(SealBroken);
    }
    for (const more of ["A", ".", ".A", "=", " ", "\n"]) {
      expect(() => box.open(sealed + more, "row 1")).toThrow(SealBroken);
    }
  });

  it("does not open what was moved to another place", () => {
    const sealed = box.seal("a secret", "row 1");
    for (const place of ["row 2", "row", "", "row 1 "]) expect(() => box.open(sealed, place)).toThrow(SealBroken);
  });

  it("does not open what was sealed for another purpose or with another secret", () => {
    const otherPurpose = createSealedBox({ secrets: [newest], purpose: "something else" });
    const otherSecret = createSealedBox({ secrets: [{ ...former, id: newest.id }], purpose: "tests" });
    const unknownSecret = createSealedBox({ secrets: [former], purpose: "tests" });
    for (const other of [otherPurpose, otherSecret, unknownSecret]) {
      expect(() => box.open(other.seal("a secret", "row 1"), "row 1")).toThrow(SealBroken);
    }
  });

  it.each(["", "plain text", "s1", "s1..", "s1.newest.", "s2.newest.AAAA", "s1.newest.AAAA"])(
    "does not open %j",
    (it) => {
      expect(() => box.open(it, "row 1")).toThrow(SealBroken);
    },
  );

  it("opens what a former secret sealed, says so, and seals with the newest", () => {
    const sealedBefore = createSealedBox({ secrets: [former], purpose: "tests" }).seal("a secret", "row 1");
    const both = createSealedBox({ secrets: [newest, former], purpose: "tests" });
    expect(both.open(sealedBefore, "row 1")).toBe("a secret");
    expect(both.isOutdated(sealedBefore)).toBe(true);
    const sealedAgain = both.seal("a secret", "row 1");
    expect(both.isOutdated(sealedAgain)).toBe(false);
    expect(box.open(sealedAgain, "row 1")).toBe("a secret");
  });

  it("opens what it sealed before it was last changed: what is stored stays good", () => {
    const stored = "s1.newest.8MOleHldJ_Z8hW5VQU1pUKNtLPbH7XKmSTA_TIY6x2yTyj8yzm-kxRBM8JR1Ug";
    expect(box.open(stored, "row 1")).toBe("a secret of before");
  });

  it("needs a secret", () => {
    expect(() => createSealedBox({ secrets: [], purpose: "tests" })).toThrow(/needs a secret/);
  });
});
