import { sign } from "cookie-signature";
import { describe, expect, it } from "vitest";
import { cookieSettings, cookieValues, readSigned, withoutCookie, writeSigned } from "./cookies.ts";

const SECRETS = ["the newest secret", "the former secret"];

describe("R1: how our cookies are called and set", () => {
  it("R1: on https they are __Host- cookies with Secure", () => {
    expect(cookieSettings(new URL("https://shop.example"))).toEqual({
      sessionName: "__Host-yumroad",
      deviceName: "__Host-yumroad-device",
      attributes: { path: "/", httpOnly: true, secure: true, sameSite: "lax" },
    });
  });

  it("R1: on plain http of this machine they go without both", () => {
    expect(cookieSettings(new URL("http://localhost:3000"))).toEqual({
      sessionName: "yumroad",
      deviceName: "yumroad-device",
      attributes: { path: "/", httpOnly: true, secure: false, sameSite: "lax" },
    });
  });
});

describe("cookieValues", () => {
  it.each([
    [undefined, []],
    ["", []],
    ["yumroad=a", ["a"]],
    ["other=1; yumroad=a; yumroad-device=x", ["a"]],
    ["yumroad=a;yumroad=b", ["a", "b"]],
    ["yumroad=a=b", ["a=b"]],
    ["yumroad", ["yumroad"]],
    ["Yumroad=a", []],
    [" yumroad = a ;;", ["a"]],
  ])("R5: of %j, those of our name are %j", (header, values) => {
    expect(cookieValues(header, "yumroad")).toEqual(values);
  });
});

describe("withoutCookie", () => {
  it("R5: leaves the others as they stand", () => {
    expect(withoutCookie("a=1; yumroad=x; b=2; yumroad=y", "yumroad")).toBe("a=1; b=2");
  });

  it.each(["yumroad=x", "yumroad=x;", " ; yumroad=x; ;"])("R5: of %j nothing is left", (header) => {
    expect(withoutCookie(header, "yumroad")).toBeUndefined();
  });
});

describe("readSigned", () => {
  it("reads what writeSigned wrote, whether or not the browser's form is encoded or quoted", () => {
    const written = writeSigned("an id", SECRETS);
    expect(readSigned(written, SECRETS)).toBe("an id");
    expect(readSigned(encodeURIComponent(written), SECRETS)).toBe("an id");
    expect(readSigned(`"${encodeURIComponent(written)}"`, SECRETS)).toBe("an id");
  });

  it("R8: believes every secret that is configured, and signs with the newest", () => {
    expect(readSigned(`s:${sign("an id", "the former secret")}`, SECRETS)).toBe("an id");
    expect(readSigned(writeSigned("an id", SECRETS), ["the newest secret"])).toBe("an id");
    expect(readSigned(writeSigned("an id", SECRETS), ["the former secret"])).toBeNull();
  });

  it("R5: reads at most 1,024 characters", () => {
    const longest = writeSigned("x".repeat(978), SECRETS);
    expect(longest).toHaveLength(1024);
    expect(readSigned(longest, SECRETS)).toBe("x".repeat(978));
    expect(readSigned(writeSigned("x".repeat(979), SECRETS), SECRETS)).toBeNull();
  });

  it.each([
    ["unsigned", "an id"],
    ["of another form", `j:${sign("an id", "the newest secret")}`],
    ["quoted in front alone", `"s:${sign("an id", "the newest secret")}x`],
    ["quoted behind alone", `xs:${sign("an id", "the newest secret")}"`],
    ["empty", ""],
    ["the prefix alone", "s:"],
    ["without a signature", "s:an id"],
    ["with an empty signature", "s:an id."],
    ["signed by somebody else", `s:${sign("an id", "a secret of an attacker")}`],
    ["with another content", `s:another id${sign("an id", "the newest secret").slice("an id".length)}`],
    ["badly encoded", "%E0%A4%A"],
    ["over-long", `s:${sign("x".repeat(2000), "the newest secret")}`],
  ])("R5: says no to a value that is %s", (_, value) => {
    expect(readSigned(value, SECRETS)).toBeNull();
  });
});
