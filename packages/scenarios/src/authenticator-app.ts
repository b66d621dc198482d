import { createHmac } from "node:crypto";
import type { RecoveryCodes } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";

/** The parts of a test environment that an authenticator app and its owner need: the clock and new browsers. */
interface Shop {
  clock: { now(): number };
  visitor(): Client;
}

interface Somebody {
  client: Client;
  email: string;
  password: string;
}

/** An authenticator app that goes by the test's clock. Implements RFC 6238 without a library. */
export interface AuthenticatorApp {
  secret: string;
  /** The code shown now, or a number of 30-second steps from now. */
  code(stepsFromNow?: number): string;
  /** Six digits that are not valid now, nor one step before or after. */
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

export interface TotpSetup {
  phone: AuthenticatorApp;
  recoveryCodes: string[];
}

/**
 * Sets up an authenticator app for a person who has just logged in, through the real endpoints. This uses up the code
 * of the moment: advance the clock by 30 seconds for the next one.
 */
export async function setUpTotp(app: Pick<Shop, "clock">, { client }: Pick<Somebody, "client">): Promise<TotpSetup> {
  const begun = await client.post<{ secret: string }>("/api/account/totp");
  const phone = createAuthenticatorApp(app, begun.json.secret);
  const confirmed = await client.post<RecoveryCodes>("/api/account/totp/confirm", { json: { code: phone.code() } });
  if (confirmed.status !== 200) throw new Error(`Setting up an app answered ${confirmed.status}: ${confirmed.text}`);
  return { phone, recoveryCodes: confirmed.json.recoveryCodes };
}

/** Logs in with the right password, in a new browser or the given one, and leaves the second factor pending. */
export async function logInWithPasswordOnly(
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
