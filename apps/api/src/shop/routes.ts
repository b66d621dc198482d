import { endpoints } from "@yumroad/contract";
import type { Dependencies } from "../dependencies.ts";
import { hasAccounts } from "../identity/users/queries.ts";
import type { createServe } from "../platform/http/serve.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveShop(serve: Serve, { config, database, mailer, mailTray }: Dependencies): void {
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
