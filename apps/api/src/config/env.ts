import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import type { ShopKind } from "@yumroad/contract";
import ipaddr from "ipaddr.js";
import { prepareDataFolder } from "./data-folder.ts";
import { keptSecret } from "./kept-secret.ts";
import { readSmtp, type SmtpSettings } from "./mail-settings.ts";
import { readChoice } from "./read-choice.ts";
import { readStripe, type StripeSettings } from "./stripe-settings.ts";

/** The server's validated settings. */
export interface Config {
  /** 0: the system chooses a free port. */
  port: number;
  host: string;
  /** The public address of this server: an origin without a path. */
  publicUrl: URL;
  dataDir: string;
  /** Address of the Postgres database; null: the SQLite file in `dataDir` is used. */
  databaseUrl: string | null;
  /** Address of Redis for sessions and rate limits; null: sessions are in the database, rate limits in memory. */
  redisUrl: string | null;
  redisPrefix: string;
  /** `sessionSecrets` and `passwordPeppers` list the newest secret first. */
  sessionSecrets: string[];
  passwordPeppers: string[];
  /** The mail server; null: mails are not sent. */
  smtp: SmtpSettings | null;
  /** Payments by Stripe; null: the shop does not use it. */
  stripe: StripeSettings | null;
  signupMode: "instant" | "closed";
  /** The kind that a new shop gets at its first start; later starts ignore it. */
  shopKind: ShopKind;
  /** The consumer law that the shop obeys: `eu` gives buyers a way to withdraw from a contract. */
  consumerLaw: "eu" | "none";
  /** Who sends the bytes of files: this process, or nginx, to which it names them (`X-Accel-Redirect`). */
  sendFiles: "node" | "accel";
  trustProxy: number | string[];
  logLevel: string;
  /**
   * True if the server uses plain http on a loopback name and listens on a loopback address. Then it fills an empty
   * database with demo data, and generates missing secrets at the first start.
   */
  isLocalDemo: boolean;
}

/** Thrown for invalid settings: lists every fault, each with how to fix it. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`Yumroad can't start with these settings:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "ConfigError";
    this.faults = faults;
  }
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const SECRET_MIN_BYTES = 32;

/** Names of all settings; a test compares the documentation with this list. */
export const SETTINGS = [
  "PORT",
  "HOST",
  "PUBLIC_URL",
  "DATA_DIR",
  "DATABASE_URL",
  "REDIS_URL",
  "REDIS_PREFIX",
  "SESSION_SECRET",
  "PASSWORD_PEPPER",
  "SMTP_URL",
  "MAIL_FROM",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_TAX",
  "STRIPE_TAX_CODE",
  "STRIPE_API_URL",
  "SIGNUP_MODE",
  "SHOP_KIND",
  "CONSUMER_LAW",
  "SEND_FILES",
  "TRUST_PROXY",
  "LOG_LEVEL",
] as const;

type Environment = Partial<Record<(typeof SETTINGS)[number], string>>;

/**
 * Reads the settings from the environment; no other code reads it. Creates `DATA_DIR`, accessible to its owner only.
 * Throws a ConfigError that lists every fault.
 */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const given = (name: (typeof SETTINGS)[number]) => environment[name]?.trim() || undefined;

  const port = readPort(given("PORT") ?? "3000", faults);
  const host = given("HOST") ?? "127.0.0.1";
  const publicUrl = readPublicUrl(given("PUBLIC_URL") ?? `http://localhost:${port}`, faults);
  const dataDir = readDataDir(given("DATA_DIR"));
  const databaseUrl = readDatabaseUrl(given("DATABASE_URL"), faults);
  const redisUrl = readRedisUrl(given("REDIS_URL"), faults);
  const smtp = readSmtp(given("SMTP_URL"), given("MAIL_FROM"), faults);
  const signupMode = readChoice("SIGNUP_MODE", given("SIGNUP_MODE") ?? "instant", ["instant", "closed"], faults);
  const trustProxy = readTrustProxy(given("TRUST_PROXY"), faults);
  const logLevel = given("LOG_LEVEL") ?? "info";
  if (!LOG_LEVELS.includes(logLevel)) faults.push(`LOG_LEVEL is "${logLevel}": use one of ${LOG_LEVELS.join(", ")}.`);

  const isLoopback = publicUrl.protocol === "http:" && isLoopbackName(publicUrl.hostname);
  if (publicUrl.protocol === "http:" && !isLoopback) {
    faults.push("PUBLIC_URL is plain http on a name that others can reach: use https, since passwords travel over it.");
  }
  const isLocalDemo = isLoopback && isLoopbackName(host);
  const kind = given("SHOP_KIND") ?? (isLocalDemo ? "marketplace" : "my-store");
  const isMarketplace = readChoice("SHOP_KIND", kind, ["my-store", "marketplace"], faults) === "marketplace";

  const consumerLaw = readChoice("CONSUMER_LAW", given("CONSUMER_LAW") ?? "eu", ["eu", "none"], faults);

  const sendFiles = readChoice("SEND_FILES", given("SEND_FILES") ?? "node", ["node", "accel"], faults);

  const stripe = readStripe(given, { isLocalDemo, isLoopback: isLoopbackName }, faults);
  if (faults.length === 0) faults.push(...prepareDataFolder(dataDir));
  const secretsFolder = isLocalDemo && faults.length === 0 ? dataDir : null;
  const sessionSecrets = readSecrets("SESSION_SECRET", given("SESSION_SECRET"), isLocalDemo, secretsFolder, faults);
  const passwordPeppers = readSecrets("PASSWORD_PEPPER", given("PASSWORD_PEPPER"), isLocalDemo, secretsFolder, faults);

  if (faults.length > 0) throw new ConfigError(faults);
  return {
    port,
    host,
    publicUrl,
    dataDir,
    databaseUrl,
    redisUrl,
    redisPrefix: given("REDIS_PREFIX") ?? "yumroad:",
    sessionSecrets,
    passwordPeppers,
    smtp,
    stripe,
    signupMode,
    shopKind: isMarketplace ? "marketplace" : "my_store",
    consumerLaw,
    sendFiles,
    trustProxy,
    logLevel,
    isLocalDemo,
  };
}

/** True for a host name or IP address that always means this machine. */
export function isLoopbackName(name: string): boolean {
  const bare = name.toLowerCase().replace(/^\[|\]$/g, "");
  if (bare === "localhost" || bare.endsWith(".localhost")) return true;
  return isIP(bare) !== 0 && ipaddr.parse(bare).range() === "loopback";
}

/** A short hash that identifies a secret without revealing the secret. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update(`yumroad fingerprint ${secret}`).digest("hex").slice(0, 12);
}

function readPort(text: string, faults: string[]): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  faults.push(`PORT is "${text}": use a whole number from 0 to 65535.`);
  return 3000;
}

function readPublicUrl(text: string, faults: string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash;
  if (url && isOrigin && !url.username && !url.password) return url;
  faults.push(`PUBLIC_URL is "${text}": use an address without a path, such as https://shop.example.com.`);
  return new URL("http://localhost");
}

export function readDataDir(text: string | undefined): string {
  return resolve(text ?? "./data");
}

export function readDatabaseUrl(text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol)) return text;
  faults.push(
    "DATABASE_URL is not an address of Postgres: use postgres://user:password@host:5432/name, or leave it unset.",
  );
  return null;
}

function readRedisUrl(text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol)) return text;
  faults.push("REDIS_URL is not an address of Redis: use redis://host:6379, or leave it unset.");
  return null;
}

function readTrustProxy(text: string | undefined, faults: string[]): number | string[] {
  if (text === undefined) return 0;
  if (/^\d$/.test(text)) return Number(text);
  const ranges = text.split(",").map((range) => range.trim());
  const wrong = ranges.filter((range) => !isAddressRange(range));
  if (wrong.length > 0)
    faults.push(`TRUST_PROXY has "${wrong.join(", ")}": use a number of hops, or addresses and CIDRs.`);
  return ranges;
}

function isAddressRange(range: string): boolean {
  if (isIP(range) !== 0) return true;
  try {
    ipaddr.parseCIDR(range);
    return true;
  } catch {
    return false;
  }
}

function readSecrets(
  name: "SESSION_SECRET" | "PASSWORD_PEPPER",
  text: string | undefined,
  isLocalDemo: boolean,
  folder: string | null,
  faults: string[],
): string[] {
  if (text !== undefined) {
    const secrets = text.split(",").map((secret) => secret.trim());
    if (secrets.some((secret) => Buffer.byteLength(secret) < SECRET_MIN_BYTES)) {
      faults.push(
        `${name} has a secret of less than ${SECRET_MIN_BYTES} bytes: make one with "openssl rand -base64 48".`,
      );
    }
    return secrets;
  }
  if (!isLocalDemo) {
    faults.push(
      `${name} is not set: make one with "openssl rand -base64 48" and keep it, newest first, comma-separated.`,
    );
    return [];
  }
  if (folder === null) return [];
  const file = join(folder, `${name.toLowerCase().replace("_", "-")}.txt`);
  try {
    const secret = keptSecret(file);
    if (Buffer.byteLength(secret) >= SECRET_MIN_BYTES) return [secret];
    faults.push(
      `${name} is kept in ${file}, which has been cut short: put the former file back, or delete it to have a new one made.`,
    );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    faults.push(
      `${name} can't be kept in ${file} (${code ?? message}): make that a plain file of this user's, or delete it, or set ${name}.`,
    );
  }
  return [];
}
