import { defineConfig } from "vitest/config";

const reportDir = process.env.TEST_REPORT_DIR;

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // A property over 100,000 strings takes two seconds on a quiet machine, and ten on a busy one.
    testTimeout: 60_000,
    reporters: reportDir ? ["default", ["json", { outputFile: `${reportDir}/contract.json` }]] : ["default"],
  },
});
