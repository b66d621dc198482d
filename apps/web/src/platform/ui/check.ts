import type * as z from "zod/mini";
import type { Checked } from "./use-form.ts";

/** Validates input by a schema of the contract. */
export function check<S extends z.ZodMiniType>(schema: S, candidate: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(candidate);
  if (result.success) return { ok: true, input: result.data };
  return {
    ok: false,
    issues: result.error.issues.map(({ path, message }) => ({
      path: path.map((step) => (typeof step === "symbol" ? String(step) : step)),
      message,
    })),
  };
}
