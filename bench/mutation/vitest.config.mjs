// The tests of one target, once, on SQLite. Stryker runs it in a copy of the package.
const { include, setupFiles, isPage } = JSON.parse(process.env.MUTATION_TESTS ?? "{}");

export default {
  // Set here, because the copy has no tsconfig.
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    include,
    setupFiles,
    ...(isPage && { environment: "jsdom", environmentOptions: { jsdom: { url: "http://localhost:3000" } } }),
    testTimeout: 20_000,
    hookTimeout: 20_000,
    env: { TEST_DATABASE: "sqlite" },
  },
};
