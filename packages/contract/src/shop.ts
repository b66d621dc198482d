import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { ShopKind } from "./shop-kind.ts";
import { PublicShopSettings } from "./shop-settings.ts";

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
  /**
   * From whom buyers withdraw here: `shop`: the sellers of this shop. `stripe`: Stripe, which sells what it takes payments
   * for. Null: from nobody, because the EU's consumer law does not apply.
   */
  withdrawFrom: z.nullable(z.enum(["shop", "stripe"])),
  ...PublicShopSettings.shape,
});
export type Shop = z.infer<typeof Shop>;

export const shopEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/site",
    access: "public",
    summary: "The shop’s name and what it offers: whether sign-up is open and whether it can send email",
    success: { status: 200, body: Shop },
    cache: "shared",
    problems: [],
  }),
};
