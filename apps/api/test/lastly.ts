/** What is done when all tests of a file are (see setup.ts). Whoever keeps something from test to test adds to it. */
export const lastly: (() => Promise<void>)[] = [];
