import { endpoints } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import type { createServe } from "../../http/serve.ts";
import { hasAccounts } from "../accounts/queries.ts";
import { isTrayOpenTo } from "../mail/mail-tray.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveSite(serve: Serve, { config, database, mailer }: Dependencies): void {
  serve(endpoints.getSite, async ({ req }) => {
    const isClosed = config.signupMode === "closed" && (await hasAccounts(database.fork()));
    return {
      body: {
        signupMode: isClosed ? ("closed" as const) : ("instant" as const),
        canSendMail: mailer.way !== "none",
        hasMailTray: isTrayOpenTo(req, mailer),
      },
    };
  });
}
