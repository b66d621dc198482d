import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { postgresUrl } from "./test/services.ts";

const reportDir = process.env.TEST_REPORT_DIR;
const everything = ["src/**/*.test.ts", "test/**/*.test.ts"];

/** Tests that open a database: these run a second time, on Postgres. */
const onDatabase = globSync(everything, { cwd: import.meta.dirname }).filter((file) =>
  /\/test\/(?:test-app|temporary-database)\.ts"/.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8")),
);

const common = { setupFiles: ["./test/setup.ts"], testTimeout: 20_000, hookTimeout: 20_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: "sqlite", include: everything, env: { TEST_DATABASE: "sqlite" } } },
      ...(postgresUrl === null
        ? []
        : [{ test: { ...common, name: "postgres", include: onDatabase, env: { TEST_DATABASE: "postgres" } } }]),
    ],
    reporters: reportDir ? ["default", ["json", { outputFile: `${reportDir}/api.json` }]] : ["default"],
  },
});
