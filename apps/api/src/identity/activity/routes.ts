import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import type { createServe } from "../../platform/http/serve.ts";
import { presentActivity } from "./present.ts";
import { listActivityOf } from "./queries.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveActivity(serve: Serve, { database }: Dependencies): void {
  serve(endpoints.listActivity, async ({ user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listActivityOf(database, user.id, pageWanted(query.cursor, limit));
    return { body: pageOf(rows, limit, presentActivity) };
  });
}
