import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { retryMail } from "../../platform/mail/retry-mail.ts";
import { presentMail } from "./present.ts";
import { findMail, listMails } from "./queries.ts";

interface MailQueueNeeds {
  mailer: Pick<Mailer, "way" | "worker">;
}

/** Serves the state of the shop's mails to its operators. */
export function serveMailQueue(serve: Serve<MailQueueNeeds>): void {
  serve(endpoints.operator.listMails, async ({ ctx, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const now = ctx.clock.now();
    const wanted = { state: query.state, now: new Date(now), ...pageWanted(query.cursor, limit) };
    return { body: pageOf(await listMails(ctx.em, wanted), limit, (mail) => presentMail(mail, now)) };
  });

  serve(endpoints.operator.retryMail, async ({ ctx, params }) => {
    if (ctx.mailer.way !== "smtp") return new Refusal("mail_unavailable");
    const isRetried = await retryMail(ctx, params.id);
    const mail = await findMail(ctx.em, params.id);
    const body = mail && presentMail(mail, ctx.clock.now());
    if (!body || body.state === "in_tray") return new Refusal("not_found");
    // The worker may be done with a retried mail already.
    if (isRetried) return { body };
    if (body.state === "sent") return new Refusal("mail_already_sent");
    if (body.state === "given_up") return new Refusal("mail_text_deleted");
    return { body };
  });
}
