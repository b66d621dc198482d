import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as contract from "@yumroad/contract";
import { scenarios } from "@yumroad/scenarios";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig, SETTINGS } from "./config/env.ts";
import { limits } from "./config/limits.ts";
import { demoLogin } from "./demo/demo-stores.ts";

// Compares the documents with the code.

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const find = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: (path) => /node_modules|dist|test-results/.test(path) });

const documents = [...find("*.md"), ...find("docs/**/*.md")];
const sources = [...find("apps/*/**/*.{ts,tsx}"), ...find("packages/*/**/*.ts"), ...find("scripts/*.mjs")];
const testFiles = sources.filter((file) => /\.(?:test|spec)\.tsx?$/.test(file));
const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

/** Rows of all tables in a document with a name in code in the first cell. */
function rowsOf(document: string): string[][] {
  return [...read(document).matchAll(/^\| `[^|]+\|.*$/gm)].map(([line]) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`([^`]*)`$/, "$1")),
  );
}

describe("every document", () => {
  it.each(documents)("%s leads only to what is there", (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    // The journeys produce the picture: it is missing before their first run.
    const local = links.filter((link) => !/^[a-z]+:/.test(link) && link !== "docs/screenshot.png");
    expect(local.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it.each(documents)("%s names only files that there are", (document) => {
    const named = [...read(document).matchAll(/`([\w./-]+\.(?:ts|tsx|mjs))`/g)].map(([, name = ""]) => name);
    const isThere = (name: string) => sources.some((source) => source === name || source.endsWith(`/${name}`));
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });
});

describe("the README", () => {
  it("gives the demo's log-in", () => {
    expect(read("README.md")).toContain(`\`${demoLogin.email}\``);
    expect(read("README.md")).toContain(`\`${demoLogin.password}\``);
  });

  it.each(["README.md", "CONTRIBUTING.md"])("%s names only commands that there are", (document) => {
    const commands = [...read(document).matchAll(/[`\n]pnpm ([a-z0-9]+)/g)].map(([, command = ""]) => command);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });
});

describe("requirements and the lesson's points", () => {
  /** A row begins with its number in bold: "**R17** A log-out is final …". M are mistakes of the lesson's original. */
  const rows = ["docs/requirements.md", "docs/seed-parity.md"].flatMap((paper) =>
    [...read(paper).matchAll(/^\*\*([RSM]\d+)\*\* (.+)$/gm)].map(([, number = "", text = ""]) => ({ number, text })),
  );
  const numbers = rows.map(({ number }) => number);
  const inTitles = testFiles.flatMap((file) => numbersInTitles(read(file)));
  const tested = new Set([...inTitles, ...scenarios.flatMap((scenario): string[] => scenario.rows)]);

  it("each number is given once, the lesson's 25 points and 23 mistakes among them", () => {
    const ofLesson = [...count(25).map((number) => `S${number}`), ...count(23).map((number) => `M${number}`)];
    expect(numbers.filter((number) => !number.startsWith("R")).toSorted()).toEqual(ofLesson.toSorted());
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(100);
  });

  it("each is named by the title of a test or by a scenario, or is a mistake that others rule out, or not yet there", () => {
    const isHeld = ({ number, text }: (typeof rows)[number]) =>
      tested.has(number) || (number.startsWith("M") && (/\*\(.+\)\*$/.test(text) || text.includes("Not yet: ")));
    expect(rows.filter((row) => !isHeld(row)).map(({ number }) => number)).toEqual([]);
  });

  it("each number in a title, and each that a mistake refers to, is there", () => {
    const referred = rows.flatMap(({ text }) => text.match(/\b[RS]\d+\b(?=[^(]*\)\*$)/g) ?? []);
    expect([...inTitles, ...referred].filter((number) => !numbers.includes(number))).toEqual([]);
    expect(referred.length).toBeGreaterThan(20);
  });

  /** The numbers at the beginning of titles, single ones and ranges: S2–S6, R23. */
  function numbersInTitles(source: string): string[] {
    const prefixes = source.match(/(?<=["`])(?:[RSM]\d+(?:–[RSM]\d+)?(?:, )?)+(?=: )/g) ?? [];
    return prefixes.flatMap((prefix) =>
      [...prefix.matchAll(/([RSM])(\d+)(?:–[RSM](\d+))?/g)].flatMap(([, letter, first, last]) =>
        count(Number(last ?? first) - Number(first) + 1).map((place) => `${letter}${Number(first) + place - 1}`),
      ),
    );
  }

  function count(length: number): number[] {
    return Array.from({ length }, (_, index) => index + 1);
  }
});

describe("the table of settings", () => {
  it("has each setting that is read, and no other", () => {
    expect(rowsOf("docs/self-hosting.md").map(([name]) => name)).toEqual([...SETTINGS]);
  });

  it("is what `pnpm dev` hands on to the server: turbo keeps from it what it is not told of", () => {
    const turbo = JSON.parse(read("turbo.json")) as {
      globalPassThroughEnv: string[];
      tasks: { dev: { passThroughEnv: string[] } };
    };
    const ofPages = "API_URL";
    const ofAll = SETTINGS.filter((name) => turbo.globalPassThroughEnv.includes(name));
    expect([...turbo.tasks.dev.passThroughEnv, ...ofAll].toSorted()).toEqual([...SETTINGS, ofPages].toSorted());
  });
});

describe("the tables of limits", () => {
  const written = new Map(rowsOf("docs/limits.md").map(([name = "", value = ""]) => [name, value]));

  it("R54: have each limit of the server with its value, and no other", () => {
    const ofServer = [...written].filter(([name]) => /^[a-z]/.test(name));
    expect(Object.fromEntries(ofServer.map(([name, value]) => [name, parseLimit(value)]))).toEqual(limits);
  });

  it("have each limit of the contract with its value, and no other", () => {
    const ofContract = [...written].filter(([name]) => /^[A-Z]/.test(name));
    const wanted = Object.entries(contract).flatMap(([name, value]): [string, number][] => {
      if (typeof value === "number") return [[name, value]];
      if (!/^[A-Z_]+$/.test(name) || typeof value === "string" || Array.isArray(value)) return [];
      return Object.entries(value)
        .filter(([, limit]) => typeof limit === "number")
        .map(([part, limit]) => [`${name}.${part}`, Number(limit)]);
    });
    expect(Object.fromEntries(ofContract.map(([name, value]) => [name, parseLimit(value)]))).toEqual(
      Object.fromEntries(wanted),
    );
  });

  /** Parses a limit as the documents write it: "5 in 15 minutes", "7 days", "800 ms", "100,000 bytes", "64". */
  function parseLimit(text: string): number | { max: number; windowMs: number } {
    const [, max, number = "", unit = ""] = /^(?:(\d+) in )?([\d,]+)(?: ([a-z]+?)s?)?$/.exec(text) ?? [];
    const units: Record<string, number> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };
    const value = Number(number.replaceAll(",", "")) * (units[unit] ?? 1);
    return max === undefined ? value : { max: Number(max), windowMs: value };
  }
});

describe("the container", () => {
  interface Service {
    environment?: Record<string, string>;
    healthcheck?: unknown;
    volumes?: string[];
    command?: string[];
  }
  const compose = parse(read("docker-compose.yml")) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const dockerfile = read("Dockerfile");
  const example = new Map(
    [...read(".env.example").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
  const environment = compose.services.app?.environment ?? {};

  it("is given only settings that are read", () => {
    const inImage = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = ""]) =>
      line.split(" ").map((pair) => pair.split("=")[0]),
    );
    const notOurs = ["NODE_ENV", "TURBO_TELEMETRY_DISABLED", "POSTGRES_PASSWORD"];
    const given = [...Object.keys(environment), ...example.keys(), ...inImage];
    expect(given.filter((name) => ![...SETTINGS, ...notOurs].includes(name ?? ""))).toEqual([]);
  });

  it("takes its secrets from outside, and refuses to start without", () => {
    const isSecret = (name: string) => /SECRET|PASSWORD|PEPPER|TOKEN|KEY/.test(name);
    const secrets = Object.values(compose.services).flatMap(({ environment: given = {} }) =>
      Object.entries(given).filter(([name]) => isSecret(name)),
    );
    expect(secrets.map(([name]) => name)).toEqual(["SESSION_SECRET", "PASSWORD_PEPPER", "POSTGRES_PASSWORD"]);
    for (const [name, value] of secrets) expect(value, name).toMatch(new RegExp(`^\\$\\{${name}:\\?[^}]+\\}$`));
    for (const name of [...example.keys()].filter(isSecret)) expect(example.get(name), name).toBe("");
  });

  it("has no password written into an address or a command", () => {
    const texts = Object.values(compose.services).flatMap(({ environment: given = {}, command = [] }) => [
      ...Object.values(given),
      command.join(" "),
    ]);
    for (const text of texts) {
      const [, password] = /:\/\/[^:/@]*:(.*?)@/.exec(text) ?? [];
      if (password !== undefined) expect(password).toMatch(/^\$\{\w+:\?[^}]+\}$/);
      expect(text).not.toMatch(/--(?:requirepass|masterauth)/);
    }
  });

  it("starts in production with what the example says, once it has secrets", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "yumroad-test-"));
    const secrets = {
      SESSION_SECRET: "s".repeat(40),
      PASSWORD_PEPPER: "p".repeat(40),
      POSTGRES_PASSWORD: "d".repeat(40),
    };
    const filledIn: Record<string, string> = { ...Object.fromEntries(example), ...secrets };
    const given = Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_, variable, otherwise) => filledIn[variable] || otherwise),
    ]);
    const config = readConfig({ ...Object.fromEntries(given), HOST: "0.0.0.0", DATA_DIR: dataDir });
    rmSync(dataDir, { recursive: true });
    expect(config).toMatchObject({ isLocalDemo: false, trustProxy: 1, redisUrl: "redis://redis:6379" });
    expect(config.databaseUrl).toBe(`postgres://yumroad:${secrets.POSTGRES_PASSWORD}@postgres:5432/yumroad`);
  });

  it("says whether it is well, and keeps what it stores", () => {
    for (const { healthcheck, volumes = [] } of Object.values(compose.services)) {
      expect(healthcheck).toBeDefined();
      expect(volumes.length).toBeGreaterThan(0);
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
    }
    expect(compose.services.redis?.command?.join(" ")).toContain("--appendonly yes --maxmemory-policy noeviction");
  });

  it("keeps its database where the paper says", () => {
    const [, ofDatabase, ofSessions] =
      /The database is in the volume `([^`]+)`; .* in the volume `([^`]+)`\./.exec(read("docs/self-hosting.md")) ?? [];
    expect(compose.services.postgres?.volumes).toEqual([`${ofDatabase}:/var/lib/postgresql`]);
    expect(compose.services.redis?.volumes).toEqual([`${ofSessions}:/data`]);
    expect(new URL(environment.DATABASE_URL?.replace(/\$\{[^}]*\}/, "") ?? "").hostname).toBe("postgres");
  });

  it("is built and started as everything else is", () => {
    const { packageManager } = JSON.parse(read("package.json")) as { packageManager: string };
    expect(dockerfile).toContain(packageManager);
    expect(dockerfile).toContain(`node:${/NODE_MAJOR = (\d+)/.exec(read("scripts/tools.mjs"))?.[1]}-slim`);
    expect(scripts.build).toBe("turbo run build");
    expect(dockerfile).toContain("pnpm exec turbo run build");
    const [, entry = ""] = /^CMD \["node", "([^"]+)"\]$/m.exec(dockerfile) ?? [];
    expect(read("scripts/start.mjs")).toContain(`"${entry}"`);
    expect(existsSync(join(root, entry))).toBe(true);
  });

  it("knows every package of the workspace, so that the lockfile fits", () => {
    const packages = find("{apps,packages}/*/package.json");
    const copied = [...dockerfile.matchAll(/^COPY (\S+\/package\.json) /gm)].map(([, file]) => file);
    expect(copied.toSorted()).toEqual(packages.toSorted());
  });

  it("does not run as root", () => {
    expect(dockerfile.slice(dockerfile.lastIndexOf("FROM"))).toMatch(/^USER node$/m);
  });
});
