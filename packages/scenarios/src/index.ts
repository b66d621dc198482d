export * from "./all-scenarios.ts";
export * from "./authenticator-app.ts";
export { createMailReader } from "./mail-reader.ts";
export * from "./passkey-device.ts";
export { pathToNothing } from "./path-to-nothing.ts";
export { type Outcome, runScenarios } from "./run-scenarios.ts";
export { createRandom, sampleOf } from "./sample.ts";
export { missingNeeds, type Scenario, type Theme } from "./scenario.ts";
export type { Faults, Pairing, TestEnvironment, VisitorOptions } from "./test-environment.ts";
