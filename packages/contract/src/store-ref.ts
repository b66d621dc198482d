import * as z from "zod/mini";

export const StoreRef = z.strictObject({ handle: z.string(), name: z.string() });
export type StoreRef = z.infer<typeof StoreRef>;
