/** Clean-up work that setup.ts runs after all tests of a file. Modules that keep something between tests add to it. */
export const afterAllTests: (() => Promise<void>)[] = [];
