import { describe, expect, it } from "vitest";
import { connectionTo } from "./smtp.ts";

describe("the connection to the mail server", () => {
  it.each([
    ["smtp://mail.example", { host: "mail.example", port: 587, secure: false, requireTLS: false }],
    ["smtp://mail.example:2525", { port: 2525, secure: false, requireTLS: false }],
    ["smtps://mail.example", { port: 465, secure: true }],
    ["smtp://[::1]:1025", { host: "::1", port: 1025 }],
  ])("%s goes where it says", (address, options) => {
    expect(connectionTo(new URL(address))).toMatchObject(options);
    expect(connectionTo(new URL(address))).not.toHaveProperty("auth");
  });

  it("logs in as the address says, with every character of the password", () => {
    const { auth } = connectionTo(new URL("smtps://ada%40shop.example:p%40%3A%2F%20%C3%BC@mail.example"));
    expect(auth).toEqual({ user: "ada@shop.example", pass: "p@:/ ü" });
  });

  it("tells a password to nobody without TLS, but on this machine", () => {
    expect(connectionTo(new URL("smtp://ada:secret@mail.example")).requireTLS).toBe(true);
    expect(connectionTo(new URL("smtp://ada:secret@127.0.0.1:1025")).requireTLS).toBe(false);
  });
});
