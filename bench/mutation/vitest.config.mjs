// The tests of one target, on SQLite, once. Stryker runs it in a copy of the package.
const { include, setupFiles } = JSON.parse(process.env.MUTATION_TESTS ?? "{}");

export default {
  test: { include, setupFiles, testTimeout: 20_000, hookTimeout: 20_000, env: { TEST_DATABASE: "sqlite" } },
};
