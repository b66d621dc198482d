export type { Call, Fault } from "./api.ts";
export type { StandIn, StandInOptions } from "./stand-in.ts";
export { startStandIn } from "./stand-in.ts";
export type { PaymentAct } from "./state.ts";
export { signWebhook } from "./webhooks.ts";
