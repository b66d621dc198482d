import { createClock } from "@yumroad/testkit";
import { describe, expect, it } from "vitest";
import { createSealedBox } from "../../platform/lib/sealed-box.ts";
import { createTotp } from "./totp.ts";

const secrets = [{ id: "a1", secret: "a pepper of tests, long enough to be one" }];
const box = createSealedBox({ secrets, purpose: "totp" });
const account = { id: "7c6f0f6e-0000-4000-8000-000000000001", email: "ada@example.com", issuer: "Möbius: Books & Co" };

/** RFC 6238, appendix B: the secret is "12345678901234567890", and an app shows the last six of its eight digits. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const RFC_CODES = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
] as const;

describe("an authenticator app's codes", () => {
  it.each(RFC_CODES)("R70: at %i seconds it is the RFC's own", (seconds, code) => {
    const clock = createClock(new Date(seconds * 1000).toISOString());
    const totp = createTotp({ box, clock });
    expect(totp.timeStepOf(code, box.seal(RFC_SECRET, account.id), account.id)).toBe(Math.floor(seconds / 30));
  });

  it("R70: its secret has 160 bits, its address is what every app reads, and it is kept sealed for its account", () => {
    const totp = createTotp({ box, clock: createClock("2030-01-01T00:00:00Z") });
    const { secret, uri, sealed } = totp.createSecret(account);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const url = new URL(uri);
    expect(decodeURIComponent(uri)).toContain("otpauth://totp/Möbius Books & Co:ada@example.com?");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      issuer: "Möbius Books & Co",
      secret,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    expect(sealed).not.toContain(secret);
    expect(box.open(sealed, account.id)).toBe(secret);
    expect(() => totp.timeStepOf("000000", sealed, "another account")).toThrow();
    expect(totp.createSecret(account).secret).not.toBe(secret);
  });

  it("R8: a secret sealed with a former pepper is sealed with the newest one once it is used", () => {
    const newest = createSealedBox({ secrets: [{ id: "b2", secret: "a newer pepper" }, ...secrets], purpose: "totp" });
    const totp = createTotp({ box: newest, clock: createClock("2030-01-01T00:00:00Z") });
    const former = box.seal(RFC_SECRET, account.id);
    const resealed = totp.resealed(former, account.id);
    expect(newest.isOutdated(resealed)).toBe(false);
    expect(newest.open(resealed, account.id)).toBe(RFC_SECRET);
    expect(totp.resealed(resealed, account.id)).toBe(resealed);
  });
});
