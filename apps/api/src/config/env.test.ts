import { chmodSync, existsSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ConfigError, fingerprint, isLoopbackName, readConfig } from "./env.ts";

const SECRET = "a secret of 32 bytes or more for tests";
const OTHER = "another secret of 32 bytes for tests too";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  folder.remove();
});

type Settings = Parameters<typeof readConfig>[0];

const demo = (settings: Settings = {}) => readConfig({ DATA_DIR: join(folder.path, "data"), ...settings });

const production = (settings: Settings = {}) =>
  demo({ PUBLIC_URL: "https://shop.example", SESSION_SECRET: SECRET, PASSWORD_PEPPER: OTHER, ...settings });

function faultsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe("the settings", () => {
  it("have defaults that make a local demo", () => {
    expect(demo()).toEqual({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: new URL("http://localhost:3000"),
      dataDir: join(folder.path, "data"),
      databaseUrl: null,
      redisUrl: null,
      redisPrefix: "yumroad:",
      sessionSecrets: [expect.stringMatching(/^[\w-]{64}$/)],
      passwordPeppers: [expect.stringMatching(/^[\w-]{64}$/)],
      smtp: null,
      stripe: null,
      signupMode: "instant",
      shopKind: "marketplace",
      consumerLaw: "eu",
      sendFiles: "node",
      trustProxy: 0,
      logLevel: "info",
      isLocalDemo: true,
    });
  });

  it("keep their data in ./data unless told otherwise", () => {
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      expect(readConfig({}).dataDir).toBe(resolve("data"));
    } finally {
      process.chdir(before);
    }
  });

  it("are all read", () => {
    const config = production({
      PORT: "0",
      HOST: "0.0.0.0",
      DATABASE_URL: "postgres://me:pass@db.internal:5432/shop",
      REDIS_URL: "rediss://cache.internal:6380/1",
      REDIS_PREFIX: "shop:",
      SMTP_URL: "smtp://shop:p%40ss@mail.internal:587",
      MAIL_FROM: "Ada's shop <shop@shop.example>",
      SIGNUP_MODE: "closed",
      SHOP_KIND: "marketplace",
      TRUST_PROXY: "10.0.0.0/8, 192.0.2.7, ::1",
      LOG_LEVEL: "warn",
    });
    expect(config).toMatchObject({
      port: 0,
      host: "0.0.0.0",
      publicUrl: new URL("https://shop.example"),
      databaseUrl: "postgres://me:pass@db.internal:5432/shop",
      redisUrl: "rediss://cache.internal:6380/1",
      redisPrefix: "shop:",
      sessionSecrets: [SECRET],
      passwordPeppers: [OTHER],
      smtp: {
        url: new URL("smtp://shop:p%40ss@mail.internal:587"),
        from: { name: "Ada's shop", address: "shop@shop.example" },
      },
      signupMode: "closed",
      shopKind: "marketplace",
      consumerLaw: "eu",
      trustProxy: ["10.0.0.0/8", "192.0.2.7", "::1"],
      logLevel: "warn",
      isLocalDemo: false,
    });
    expect(production({ TRUST_PROXY: "2" }).trustProxy).toBe(2);
    expect(production({}).shopKind).toBe("my_store");
  });

  it("count as unset when they are empty or blank", () => {
    const empty = Object.fromEntries(
      [
        "PORT",
        "HOST",
        "PUBLIC_URL",
        "DATABASE_URL",
        "REDIS_URL",
        "SMTP_URL",
        "MAIL_FROM",
        "SIGNUP_MODE",
        "SHOP_KIND",
        "CONSUMER_LAW",
        "TRUST_PROXY",
        "LOG_LEVEL",
      ].map((name) => [name, " "]),
    );
    expect(demo(empty)).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      redisUrl: null,
      shopKind: "marketplace",
      consumerLaw: "eu",
      isLocalDemo: true,
    });
  });

  it.each([
    ["shop@shop.example", { name: "", address: "shop@shop.example" }],
    ["<shop@shop.example>", { name: "", address: "shop@shop.example" }],
    ["Shop <shop@shop.example>", { name: "Shop", address: "shop@shop.example" }],
    ['"Ada, Bob" <shop@shop.example>', { name: "Ada, Bob", address: "shop@shop.example" }],
  ])("MAIL_FROM=%s is read", (sender, from) => {
    expect(production({ SMTP_URL: "smtps://mail.internal", MAIL_FROM: sender }).smtp?.from).toEqual(from);
  });

  it("the address follows the port", () => {
    expect(demo({ PORT: "8080" }).publicUrl.origin).toBe("http://localhost:8080");
  });
});

describe("settings that are wrong", () => {
  it.each([
    ["PORT", "http"],
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "3000.5"],
    ["PUBLIC_URL", "shop.example"],
    ["PUBLIC_URL", "ftp://shop.example"],
    ["PUBLIC_URL", "https://shop.example/path"],
    ["PUBLIC_URL", "https://shop.example/?a=1"],
    ["PUBLIC_URL", "https://me:pass@shop.example"],
    ["DATABASE_URL", "mysql://db/shop"],
    ["DATABASE_URL", "shop.db"],
    ["REDIS_URL", "http://cache"],
    ["REDIS_URL", "cache:6379"],
    ["TRUST_PROXY", "yes"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["TRUST_PROXY", "10.0.0.1,everybody"],
    ["TRUST_PROXY", "-1"],
    ["LOG_LEVEL", "loud"],
    ["SIGNUP_MODE", "strict"],
    ["SHOP_KIND", "my_shop"],
    ["CONSUMER_LAW", "yes"],
    ["MAIL_FROM", "the shop"],
    ["MAIL_FROM", "a@shop.example, b@shop.example"],
    ["MAIL_FROM", "Shop <shop@shop.example> and more"],
    ["MAIL_FROM", "Shop\tBcc: <shop@shop.example>"],
    ["SESSION_SECRET", "too short"],
    ["SESSION_SECRET", `${SECRET},too short`],
    ["SESSION_SECRET", `${SECRET},`],
    ["PASSWORD_PEPPER", "x".repeat(31)],
  ] as const)("%s=%s is one fault, which names the setting and its mend", (name, value) => {
    const faults = faultsOf(() => production({ [name]: value }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} .*: .{10,}`));
  });

  it.each([
    "mail.internal",
    "mail.internal:587",
    "http://mail.internal",
    "smtp://",
    "smtp://mail.internal/path",
    "smtp://mail.internal?tls=no",
    "smtp://shop:50%@mail.internal",
  ])("SMTP_URL=%s is one fault, which does not repeat it", (address) => {
    const faults = faultsOf(() => production({ SMTP_URL: address, MAIL_FROM: "shop@shop.example" }));
    expect(faults).toEqual([expect.stringMatching(/^SMTP_URL is not .*: use smtp:.{10,}/)]);
    expect(faults[0]).not.toContain("50%");
  });

  it("SMTP_URL without MAIL_FROM is one", () => {
    const faults = faultsOf(() => production({ SMTP_URL: "smtps://mail.internal" }));
    expect(faults).toEqual([expect.stringMatching(/^MAIL_FROM is not set.*: say who .{10,}/)]);
  });

  it("are all told at once", () => {
    const faults = faultsOf(() =>
      readConfig({
        PORT: "x",
        PUBLIC_URL: "http://shop.example",
        DATABASE_URL: "mysql://x",
        REDIS_URL: "x",
        TRUST_PROXY: "x",
        LOG_LEVEL: "x",
        SIGNUP_MODE: "x",
        DATA_DIR: folder.path,
      }),
    );
    const names = ["PORT", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "TRUST_PROXY", "LOG_LEVEL", "SIGNUP_MODE"];
    for (const name of [...names, "SESSION_SECRET", "PASSWORD_PEPPER"]) {
      expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
    }
    expect(faults).toHaveLength(9);
    const { message } = new ConfigError(faults);
    for (const fault of faults) expect(message).toContain(`  - ${fault}`);
  });

  it("leave nothing behind: no folder and no secrets", () => {
    expect(faultsOf(() => demo({ PORT: "x" }))).toHaveLength(1);
    expect(existsSync(join(folder.path, "data"))).toBe(false);
  });

  it("name no secret and no password", () => {
    const wrong = { SESSION_SECRET: "hush", REDIS_URL: "http://me:hush@cache", DATABASE_URL: "mysql://me:hush@db" };
    expect(faultsOf(() => production(wrong)).join()).not.toContain("hush");
  });

  it("want a folder of the shop's own, also with a database elsewhere: files are kept in it", () => {
    const data = join(folder.path, "data");
    const elsewhere = { DATABASE_URL: "postgres://db.internal/shop", SESSION_SECRET: SECRET, PASSWORD_PEPPER: OTHER };
    expect(production(elsewhere).dataDir).toBe(data);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    writeFileSync(join(data, "letter.txt"), "");
    chmodSync(data, 0o755);
    expect(faultsOf(() => production(elsewhere))).toEqual([expect.stringMatching(/^DATA_DIR /)]);
  });

  it("say so when the folder can't be made", () => {
    writeFileSync(join(folder.path, "file"), "");
    const faults = faultsOf(() => demo({ DATA_DIR: join(folder.path, "file") }));
    expect(faults).toEqual([expect.stringMatching(/^DATA_DIR can't be made or read \(\w+\): name a folder/)]);
  });
});

describe("R8: secrets", () => {
  it("R8: the local demo makes its own once, and keeps them where only their owner may read", () => {
    const first = demo();
    const data = join(folder.path, "data");
    expect(readdirSync(data).sort()).toEqual(["password-pepper.txt", "session-secret.txt"]);
    for (const file of readdirSync(data)) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(first.sessionSecrets[0]).toHaveLength(64);
    expect(first.sessionSecrets).not.toEqual(first.passwordPeppers);
    expect(demo()).toEqual(first);
  });

  it("R8: a file that others may read is closed to them", () => {
    const { sessionSecrets } = demo();
    const file = join(folder.path, "data/session-secret.txt");
    chmodSync(file, 0o644);
    expect(demo().sessionSecrets).toEqual(sessionSecrets);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("R8: a kept secret that was cut short is a fault, not a weak secret", () => {
    demo();
    for (const text of ["", "\n", "abc"]) {
      writeFileSync(join(folder.path, "data/session-secret.txt"), text);
      expect(faultsOf(() => demo())).toEqual([expect.stringMatching(/^SESSION_SECRET .*session-secret\.txt/)]);
    }
  });

  it.each(["session-secret.txt", "password-pepper.txt"])("R8: a %s that can't be kept is a fault in words", (file) => {
    // As on Windows, where the folder is not checked, or after its content has changed.
    vi.spyOn(process, "getuid").mockReturnValue(undefined as never);
    demo();
    rmSync(join(folder.path, "data", file));
    symlinkSync(join(folder.path, "nowhere"), join(folder.path, "data", file));
    expect(faultsOf(() => demo())).toEqual([
      expect.stringMatching(
        /^(SESSION_SECRET|PASSWORD_PEPPER) can't be kept in .*\.txt \(ELOOP\): make that a plain file/,
      ),
    ]);
    expect(existsSync(join(folder.path, "nowhere"))).toBe(false);
  });

  it("R8: secrets that are given are used, and none is written down", () => {
    expect(demo({ SESSION_SECRET: SECRET, PASSWORD_PEPPER: OTHER }).sessionSecrets).toEqual([SECRET]);
    expect(readdirSync(join(folder.path, "data"))).toEqual([]);
  });

  it("R8: several are read, the newest first", () => {
    expect(production({ SESSION_SECRET: `${SECRET} , ${OTHER}` }).sessionSecrets).toEqual([SECRET, OTHER]);
  });

  it.each(["SESSION_SECRET", "PASSWORD_PEPPER"] as const)("R8: production does not start without %s", (name) => {
    const faults = faultsOf(() => production({ [name]: "" }));
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} is not set: make one with`))]);
    expect(existsSync(join(folder.path, "data", "session-secret.txt"))).toBe(false);
  });

  it("a fingerprint names a secret without giving it away", () => {
    expect(fingerprint(SECRET)).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprint(SECRET)).toBe(fingerprint(SECRET));
    expect(fingerprint(SECRET)).not.toBe(fingerprint(OTHER));
  });
});

describe("R81: the local demo", () => {
  const secrets = { SESSION_SECRET: SECRET, PASSWORD_PEPPER: OTHER };

  it.each([
    ["http://localhost:3000", "127.0.0.1"],
    ["http://127.0.0.1:3000", "localhost"],
    ["http://[::1]:3000", "::1"],
    ["http://shop.localhost", "127.0.0.53"],
  ])("R81: is %s served on %s", (PUBLIC_URL, HOST) => {
    expect(demo({ PUBLIC_URL, HOST }).isLocalDemo).toBe(true);
  });

  it.each([
    ["http://localhost:3000", "0.0.0.0"],
    ["http://localhost:3000", "::"],
    ["http://localhost:3000", "192.0.2.7"],
    ["https://localhost:3000", "127.0.0.1"],
    ["https://shop.example", "127.0.0.1"],
  ])("R81: is not %s served on %s, which needs secrets of its own", (PUBLIC_URL, HOST) => {
    expect(demo({ PUBLIC_URL, HOST, ...secrets }).isLocalDemo).toBe(false);
    expect(faultsOf(() => demo({ PUBLIC_URL, HOST }))).toHaveLength(2);
  });

  it.each(["http://shop.example", "http://192.0.2.7:3000", "http://localhost.example", "http://0.0.0.0:3000"])(
    "plain http on %s is refused: passwords travel over it",
    (PUBLIC_URL) => {
      const faults = faultsOf(() => demo({ PUBLIC_URL, ...secrets }));
      expect(faults).toEqual([expect.stringMatching(/^PUBLIC_URL is plain http .*: use https/)]);
    },
  );

  it.each([
    ["localhost", true],
    ["LOCALHOST", true],
    ["127.0.0.1", true],
    ["127.255.0.1", true],
    ["::1", true],
    ["[::1]", true],
    ["localhost.evil.example", false],
    ["127.0.0.1.evil.example", false],
    ["0.0.0.0", false],
    ["10.0.0.1", false],
    ["", false],
  ])("whether %j can only mean this machine: %s", (name, isLoopback) => {
    expect(isLoopbackName(name)).toBe(isLoopback);
  });
});
