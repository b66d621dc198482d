/** What is done when all tests of a file are (see setup.ts). Whoever leaves something lying about adds to it. */
export const lastly: (() => Promise<void>)[] = [];
