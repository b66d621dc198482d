import { endpoints } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import type { createServe } from "../../http/serve.ts";
import { hasAccounts } from "../accounts/queries.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveSite(serve: Serve, { config, database, mailer, mailTray }: Dependencies): void {
  serve(endpoints.getSite, async () => {
    const isClosed = config.signupMode === "closed" && (await hasAccounts(database.fork()));
    return {
      body: {
        signupMode: isClosed ? ("closed" as const) : ("instant" as const),
        canSendMail: mailer.way !== "none",
        hasMailTray: mailTray !== null,
      },
    };
  });
}
