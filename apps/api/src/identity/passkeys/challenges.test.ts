import { createClock } from "@yumroad/testkit";
import { describe, expect, it } from "vitest";
import { type ChallengeUse, createChallenges } from "./challenges.ts";

const clock = createClock("2030-01-01T00:00:00Z");
const make = (...secrets: string[]) => createChallenges({ secrets, clock, lifetimeMs: 300_000 });
const challenges = make("a secret of tests");
const logIn: ChallengeUse = { kind: "log-in" };
const registration = (accountId: string): ChallengeUse => ({ kind: "registration", accountId });
const issue = (use: ChallengeUse, by = challenges) => Buffer.from(by.issue(use)).toString("base64url");

describe("a challenge", () => {
  it("R72: says itself what it is called and until when it is good; no two are alike", () => {
    const [first, second] = [issue(logIn), issue(logIn)];
    expect(first).not.toBe(second);
    expect(challenges.read(first, logIn)).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      expiresAt: clock.now() + 300_000,
    });
    expect(challenges.read(first, logIn)?.id).not.toBe(challenges.read(second, logIn)?.id);
  });

  it("R72: is good for its use alone", () => {
    expect(challenges.read(issue(logIn), registration("ada"))).toBeNull();
    expect(challenges.read(issue(registration("ada")), logIn)).toBeNull();
    expect(challenges.read(issue(registration("ada")), registration("bob"))).toBeNull();
    expect(challenges.read(issue(registration("ada")), registration("ada"))).not.toBeNull();
  });

  it("R72: is over after its time", () => {
    const text = issue(logIn);
    clock.advance(299_999);
    expect(challenges.read(text, logIn)).not.toBeNull();
    clock.advance(1);
    expect(challenges.read(text, logIn)).toBeNull();
  });

  it("R72: changed in any byte, cut short, made longer or signed by somebody else it is none of ours", () => {
    const bytes = Buffer.from(issue(logIn), "base64url");
    for (const place of bytes.keys()) {
      const other = Buffer.from(bytes);
      other[place] = (other[place] ?? 0) ^ 1;
      expect(challenges.read(other.toString("base64url"), logIn), `byte ${place}`).toBeNull();
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(challenges.read(bytes.subarray(0, length).toString("base64url"), logIn)).toBeNull();
    }
    expect(challenges.read(Buffer.concat([bytes, Buffer.alloc(1)]).toString("base64url"), logIn)).toBeNull();
    expect(challenges.read(issue(logIn, make("another secret")), logIn)).toBeNull();
    expect(challenges.read("", logIn)).toBeNull();
  });

  it("R8: signed with a former secret it is still believed", () => {
    const former = issue(logIn);
    expect(make("a newer secret", "a secret of tests").read(former, logIn)).not.toBeNull();
  });
});
