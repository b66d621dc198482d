import { createHmac } from "node:crypto";
import type { RecoveryCodes } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";

/** What of a shop that is being tested an authenticator app and its owner need: the test's clock, and new browsers. */
interface Shop {
  clock: { now(): number };
  visitor(): Client;
}

interface Somebody {
  client: Client;
  email: string;
  password: string;
}

/** An authenticator app on somebody's phone, which goes by the test's clock. Written after RFC 6238, with no library. */
export interface AuthenticatorApp {
  secret: string;
  /** What it shows now, or so many steps of 30 seconds from now. */
  code(stepsFromNow?: number): string;
  /** Six digits that are not right now, nor a step before or after. */
  wrongCode(): string;
}

export function createAuthenticatorApp({ clock }: Pick<Shop, "clock">, secret: string): AuthenticatorApp {
  const code = (stepsFromNow = 0) => codeOf(secret, Math.floor(clock.now() / 30_000) + stepsFromNow);
  return {
    secret,
    code,
    wrongCode: () => {
      const right = [-1, 0, 1].map((steps) => code(steps));
      return ["000000", "111111", "222222", "333333"].find((digits) => !right.includes(digits)) ?? "";
    },
  };
}

export interface SetUp {
  phone: AuthenticatorApp;
  recoveryCodes: string[];
}

/**
 * Sets an authenticator app up for somebody who has just logged in, through the real endpoints. The code of this
 * moment is used up by it: move the clock on by 30 seconds for the next.
 */
export async function setUpTotp(app: Pick<Shop, "clock">, { client }: Pick<Somebody, "client">): Promise<SetUp> {
  const begun = await client.post<{ secret: string }>("/api/account/totp");
  const phone = createAuthenticatorApp(app, begun.json.secret);
  const confirmed = await client.post<RecoveryCodes>("/api/account/totp/confirm", { json: { code: phone.code() } });
  if (confirmed.status !== 200) throw new Error(`Setting up an app answered ${confirmed.status}: ${confirmed.text}`);
  return { phone, recoveryCodes: confirmed.json.recoveryCodes };
}

/** Gives the right password in a new browser, or in the one given, and stops there. */
export async function logInHalfway(
  app: Pick<Shop, "visitor">,
  { email, password }: Pick<Somebody, "email" | "password">,
  { client = app.visitor(), remember = false }: { client?: Client; remember?: boolean } = {},
): Promise<Client> {
  const answer = await client.post<{ user: unknown }>("/api/auth/login", { json: { email, password, remember } });
  if (answer.status !== 200 || answer.json.user !== null) throw new Error(`No half log-in: ${answer.text}`);
  return client;
}

function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
