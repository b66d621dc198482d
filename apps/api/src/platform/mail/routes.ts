import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import { type RequestHandler, Router } from "express";
import type { Database } from "../db/database.ts";
import { pageOf, pageWanted } from "../http/paging.ts";
import { Refusal } from "../http/problem.ts";
import { createServe, type Serve, type ServeOptions } from "../http/serve.ts";
import type { SealedBox } from "../lib/sealed-box.ts";
import type { MailBody } from "./enqueue-mail.ts";
import type { MailRow } from "./mail.entity.ts";
import type { MailTray } from "./mail-tray.ts";
import type { Mailer } from "./mailer.ts";
import { presentMail, presentMailInFull } from "./present.ts";
import { findInTray, listInTray } from "./queries.ts";

const PAGE = "/api/outbox/:id/page";

/**
 * Policy of a mail's page: the mail may do nothing but open links, on a click, in a new window or the top one. Only
 * pages of this site may frame it.
 */
const PAGE_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

interface MailNeeds {
  mailer: Pick<Mailer, "box">;
  mailTray: MailTray;
}

/**
 * Serves the mail tray of the local demo without SMTP. A request without access gets 404, as for an unknown address.
 */
export function serveMailTray(options: Omit<ServeOptions, "app">, needs: MailNeeds): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  const { serve, refuseOtherMethods } = createServe({ app: router, ...options }, needs);
  serveMailPages(router, { database: options.database, ...needs });
  router.use((req, _res, next) => next(needs.mailTray.isOpenTo(req) ? undefined : "router"));
  serveMails(serve);
  refuseOtherMethods();
  return router;
}

function serveMails(serve: Serve<MailNeeds>): void {
  serve(
    endpoints.mail.list,
    async ({ ctx, query }) => {
      const limit = query.limit ?? PAGE_SIZE.usual;
      const mails = await listInTray(ctx.em, pageWanted(query.cursor, limit));
      return { body: pageOf(mails, limit, presentMail) };
    },
    { session: "unloaded" },
  );

  serve(
    endpoints.mail.get,
    async ({ ctx, params }) => {
      const mail = await findInTray(ctx.em, params.id);
      return mail
        ? { body: presentMailInFull(mail, bodyOf(mail, ctx.mailer.box), ctx.mailTray.pageUrlOf(mail.id)) }
        : new Refusal("not_found");
    },
    { session: "unloaded" },
  );
}

/**
 * Serves each mail as a page to show in a frame. The page's address, listed with the mail, contains its authorisation.
 */
function serveMailPages(
  router: Router,
  { database, mailer, mailTray }: MailNeeds & { database: Pick<Database, "fork"> },
): void {
  router.all(PAGE, (req, _res, next) => next(mailTray.isPageOpenTo(req, String(req.params.id)) ? undefined : "router"));
  router.get(PAGE, async (req, res) => {
    const params = endpoints.mail.get.params.safeParse(req.params);
    const mail = params.success ? await findInTray(database.fork(), params.data.id) : null;
    if (!mail) throw new Refusal("not_found");
    res.set({
      "Content-Security-Policy": PAGE_POLICY,
      "X-Frame-Options": "SAMEORIGIN",
      "Cache-Control": "no-store",
    });
    // A sandboxed frame has an opaque origin, for which browsers report this header as an error in the console.
    res.removeHeader("Origin-Agent-Cluster");
    res.type("html").send(leadingAway(bodyOf(mail, mailer.box).html));
  });
  router.all(PAGE, () => {
    throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
  });
}

function bodyOf({ id, body }: MailRow, box: SealedBox): MailBody {
  return JSON.parse(box.open(body, id)) as MailBody;
}

/** Makes links of the mail open in the top window instead of the frame. */
function leadingAway(html: string): string {
  return html.replace("<head>", '<head>\n<base target="_top">');
}
