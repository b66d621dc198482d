import { endpoints, type Shop } from "@yumroad/contract";
import type { Config } from "../config/env.ts";
import type { Context } from "../platform/http/context.ts";
import type { Serve } from "../platform/http/serve.ts";
import type { MailTray } from "../platform/mail/mail-tray.ts";
import type { Mailer } from "../platform/mail/mailer.ts";
import { readShopSettings } from "./read-shop-settings.ts";
import { readShopKind } from "./shop-kind.ts";

interface ShopNeeds {
  /** True if a visitor can create an account. Passed in, because this folder may not import the code of accounts. */
  isSignupOpen(ctx: Pick<Context, "em">): Promise<boolean>;
  mailer: Pick<Mailer, "way">;
  mailTray: MailTray | null;
  config: Pick<Config, "consumerLaw" | "stripe">;
}

export function serveShop(serve: Serve<ShopNeeds>): void {
  serve(endpoints.shop.get, async ({ ctx }) => {
    const { senderName: _, ...settings } = await readShopSettings(ctx.em);
    return {
      body: {
        kind: await readShopKind(ctx.em),
        signupMode: (await ctx.isSignupOpen(ctx)) ? ("instant" as const) : ("closed" as const),
        canSendMail: ctx.mailer.way !== "none",
        hasMailTray: ctx.mailTray !== null,
        withdrawFrom: withdrawFrom(ctx.config),
        ...settings,
      },
    };
  });
}

function withdrawFrom({ consumerLaw, stripe }: ShopNeeds["config"]): Shop["withdrawFrom"] {
  if (consumerLaw === "none") return null;
  return stripe?.tax === "managed" ? "stripe" : "shop";
}
