import type { EndpointName } from "@yumroad/contract";

/**
 * Endpoints that the contract has and the server does not answer yet, one a line. A test holds this list to the server:
 * whoever serves one takes its line away, and the last one the file.
 */
export const notServedYet: readonly EndpointName[] = ["exportData", "askForDeletion", "undoDeletion"];
