import * as z from "zod/mini";
import { line } from "./text.ts";

export const StoreName = line({ field: "store_name", min: 1, max: 60 });

export const StoreRef = z.strictObject({ handle: z.string(), name: z.string() });
export type StoreRef = z.infer<typeof StoreRef>;
