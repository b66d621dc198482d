import type { FaultTexts } from "./validation.ts";

/** Texts of faults in passkeys and second factors. */
export const factorFaults: FaultTexts = {
  too_many_passkeys: ({ max }) => `You already have ${max} passkeys: remove one first`,
  second_factor_missing: "Enter the 6-digit code or a recovery code",
};
