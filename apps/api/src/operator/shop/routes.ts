import { hash } from "node:crypto";
import { endpoints, type ShopSettings } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { limitLinks } from "../../identity/tokens/limit-links.ts";
import { requireVersion } from "../../platform/http/if-match.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { changeShopSettings } from "../../shop/change-shop-settings.ts";
import { readMailConfirmedAt } from "../../shop/mail-confirmation.ts";
import { readShopSettings } from "../../shop/read-shop-settings.ts";
import { changeShopKind, describeStoresOfOthers } from "./change-shop-kind.ts";
import { confirmTestMail } from "./confirm-test-mail.ts";
import { sendTestMail } from "./send-test-mail.ts";

interface ShopSettingsNeeds {
  mailer: Mailer;
  limits: Limits;
  rateLimiter: RateLimiter;
}

/** The version of the settings as a strong ETag. Equal settings have the same one. */
function versionTagOf(settings: ShopSettings): string {
  return `"${hash("sha256", JSON.stringify(settings), "base64url")}"`;
}

function answer(settings: ShopSettings) {
  return { body: settings, headers: { ETag: versionTagOf(settings) } };
}

export function serveShopSettings(serve: Serve<ShopSettingsNeeds>): void {
  serve(endpoints.operator.getShop, async ({ ctx }) => answer(await readShopSettings(ctx.em)));

  serve(endpoints.operator.changeShop, async ({ ctx, user, body, req }) => {
    const settings = await changeShopSettings(ctx, body, (before) => requireVersion(req, versionTagOf(before)));
    const changed = Object.keys(body);
    ctx.log.info({ event: "shop_changed", operatorId: user.id, changed }, "the shop's settings were changed");
    return answer(settings);
  });

  serve(endpoints.operator.changeShopKind, async ({ ctx, user, body: { kind } }) => {
    const outcome = await changeShopKind(ctx, { kind, operatorId: user.id });
    if (outcome.kind === "others_have_stores")
      return new Refusal("others_have_stores", { detail: describeStoresOfOthers(outcome.count) });
    return { body: { kind } };
  });

  serve(endpoints.operator.getMailCheck, async ({ ctx }) => ({
    body: { confirmedAt: (await readMailConfirmedAt(ctx.em, ctx.mailer))?.toISOString() ?? null },
  }));

  serve(endpoints.operator.sendTestMail, async ({ ctx, user }) =>
    ctx.mailer.way === "none" ? new Refusal("mail_unavailable") : { body: await sendTestMail(ctx, user.email) },
  );

  serve(endpoints.operator.confirmTestMail, ({ ctx, body }) =>
    limitLinks(ctx, async () => {
      if (!(await confirmTestMail(ctx, body.token))) return new Refusal("link_invalid");
      ctx.log.info({ event: "mail_confirmed" }, "the shop's mails arrive, as the link of a test mail proves");
      return { body: undefined };
    }),
  );
}
