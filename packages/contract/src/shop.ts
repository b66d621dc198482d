import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PublicShopSettings } from "./shop-settings.ts";
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

/** Public facts about this installation. */
export const Shop = z.strictObject({
  kind: ShopKind,
  /**
   * `instant`: everybody can create an account. `closed`: nobody can. A shop that is set to be closed is `instant` until
   * its first account exists.
   */
  signupMode: z.enum(["instant", "closed"]),
  canSendMail: z.boolean(),
  /** True if mails are not sent but kept in the mail tray: the page `/outbox`, which requires a key. */
  hasMailTray: z.boolean(),
  ...PublicShopSettings.shape,
});
export type Shop = z.infer<typeof Shop>;

export const shopEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/site",
    access: "public",
    summary: "What this shop is called and can do: whether it takes new accounts, and whether it can send mail",
    success: { status: 200, body: Shop },
    cache: "shared",
    problems: [],
  }),
};
