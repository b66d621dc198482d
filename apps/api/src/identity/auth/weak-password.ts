import { Refusal } from "../../platform/http/problem.ts";

/** The refusal of a password that is too easy to guess, with the reason as a fault. */
export function weakPassword(reason: string): Refusal {
  return new Refusal("invalid_input", { issues: [{ path: ["password"], message: reason }] });
}
