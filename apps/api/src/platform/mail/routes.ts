import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import { type RequestHandler, Router } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { pageOf, pageWanted } from "../http/paging.ts";
import { Refusal } from "../http/problem.ts";
import { createServe, type ServeOptions } from "../http/serve.ts";
import type { SealedBox } from "../lib/sealed-box.ts";
import type { MailBody } from "./enqueue-mail.ts";
import type { MailRow } from "./mail.entity.ts";
import type { MailTray } from "./mail-tray.ts";
import { presentMail, presentMailInFull } from "./present.ts";
import { findInTray, listInTray } from "./queries.ts";

const PAGE = "/api/outbox/:id/page";

/** The mail itself may do nothing but lead away, at a click, in the whole window; and only our own page may frame it. */
const PAGE_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/**
 * The mail tray, where there is one: in the local demo without SMTP. To whoever may not look into it its addresses are
 * like any other that is not there.
 */
export function serveMailTray(
  options: Omit<ServeOptions, "app">,
  tray: MailTray,
  { database, mailer }: Pick<Dependencies, "database" | "mailer">,
): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  const { serve, refuseOtherMethods } = createServe({ app: router, ...options });
  serveMailPages(router, tray, { database, mailer });
  router.use((req, _res, next) => next(tray.isOpenTo(req) ? undefined : "router"));

  serve(
    endpoints.listOutbox,
    async ({ query }) => {
      const limit = query.limit ?? PAGE_SIZE.usual;
      const mails = await listInTray(database.fork(), pageWanted(query.cursor, limit));
      return { body: pageOf(mails, limit, presentMail) };
    },
    { session: "unloaded" },
  );

  serve(
    endpoints.getOutboxMail,
    async ({ params }) => {
      const mail = await findInTray(database.fork(), params.id);
      return mail
        ? { body: presentMailInFull(mail, bodyOf(mail, mailer.box), tray.pageUrlOf(mail.id)) }
        : new Refusal("not_found");
    },
    { session: "unloaded" },
  );

  refuseOtherMethods();
  return router;
}

/** Mails as pages of their own, to be framed: each to whoever was told its address with the mail. */
function serveMailPages(
  router: Router,
  tray: MailTray,
  { database, mailer }: Pick<Dependencies, "database" | "mailer">,
): void {
  router.all(PAGE, (req, _res, next) => next(tray.isPageOpenTo(req, String(req.params.id)) ? undefined : "router"));
  router.get(PAGE, async (req, res) => {
    const params = endpoints.getOutboxMail.params.safeParse(req.params);
    const mail = params.success ? await findInTray(database.fork(), params.data.id) : null;
    if (!mail) throw new Refusal("not_found");
    res.set({
      "Content-Security-Policy": PAGE_POLICY,
      "X-Frame-Options": "SAMEORIGIN",
      "Cache-Control": "no-store",
    });
    // In a frame without an origin of its own it can't be had, and browsers say so in the console.
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

/** Links of the mail open in the whole window, and not in the frame. */
function leadingAway(html: string): string {
  return html.replace("<head>", '<head>\n<base target="_top">');
}
