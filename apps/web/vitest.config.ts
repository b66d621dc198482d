import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { commonWords } from "./scripts/common-words.ts";

const reportDir = process.env.TEST_REPORT_DIR;

/** The client of uploads as browsers load it. Node would load the one that reads files from a disk. */
const TUS_IN_BROWSERS = fileURLToPath(
  new URL("./node_modules/tus-js-client/lib.esm/browser/index.js", import.meta.url),
);

export default defineConfig({
  plugins: [react(), commonWords()],
  resolve: { alias: { "tus-js-client": TUS_IN_BROWSERS } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost:3000" } },
    setupFiles: ["./test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    testTimeout: 20_000,
    maxWorkers: 2,
    server: { deps: { inline: [/tus-js-client/] } },
    // Modules are loaded once for each worker, and not for each file: what a test stubs ends with it (test/setup.ts).
    isolate: false,
    // Where all services have to be there, a test that fails is tried again, and named in the closing lines.
    retry: process.env.REQUIRE_SERVICES === "1" ? 1 : 0,
    reporters: reportDir ? ["default", ["json", { outputFile: `${reportDir}/web.json` }]] : ["default"],
  },
});
