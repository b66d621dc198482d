import * as z from "zod/mini";
import type { User } from "./user.ts";

/**
 * The kind of a shop.
 * - `my_store`: only operators sell; everybody else is a customer
 * - `marketplace`: everybody with an account may sell
 */
export const ShopKind = z.enum(["my_store", "marketplace"]);
export type ShopKind = z.infer<typeof ShopKind>;

/** True if this user may sell in a shop of this kind. */
export function maySell(kind: ShopKind, user: Pick<User, "isOperator">): boolean {
  return kind === "marketplace" || user.isOperator;
}
