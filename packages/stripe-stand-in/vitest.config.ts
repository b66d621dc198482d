import { defineConfig } from "vitest/config";

const reportDir = process.env.TEST_REPORT_DIR;

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // Test machines are small and busy.
    testTimeout: 30_000,
    reporters: reportDir ? ["default", ["json", { outputFile: `${reportDir}/stripe-stand-in.json` }]] : ["default"],
  },
});
