import { defineConfig } from "@playwright/test";
import { findChromium } from "./support/chromium.ts";
import type { SessionStoreName } from "./support/server.ts";

const reportDir = process.env.TEST_REPORT_DIR;

const launchOptions = {
  executablePath: findChromium(),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig<object, { store: SessionStoreName }>({
  testDir: "journeys",
  outputDir: "test-results",
  fullyParallel: false,
  // Browser, server and bcrypt share the processors: more workers only make each one slower.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // When all services are required, a failed journey is retried, and the closing lines name it.
  retries: process.env.REQUIRE_SERVICES === "1" ? 1 : 0,
  expect: { timeout: 10_000 },
  reporter: [
    ["list"],
    ["./support/skipped.ts"],
    ...(reportDir ? [["json", { outputFile: `${reportDir}/e2e.json` }] as ["json", { outputFile: string }]] : []),
  ],
  use: { launchOptions, trace: "off", screenshot: "only-on-failure" },
  projects: [
    { name: "redis", use: { store: "redis" }, testIgnore: "**/*.bfcache.spec.ts" },
    { name: "embedded", use: { store: "embedded" }, testMatch: "newcomer.spec.ts" },
    {
      name: "bfcache",
      testMatch: "**/*.bfcache.spec.ts",
      // Playwright disables the back/forward cache, which these journeys test.
      use: {
        store: "redis",
        launchOptions: { ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] },
      },
    },
  ],
});
