// The tests of one target, on SQLite, once. Stryker runs it in a copy of the package.
const { include, setupFiles, isPage } = JSON.parse(process.env.MUTATION_TESTS ?? "{}");

export default {
  // The copy has no tsconfig, which would say so.
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
