import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import type { Serve } from "../../platform/http/serve.ts";
import { presentActivity } from "./present.ts";
import { listActivityOf } from "./queries.ts";

interface ActivityNeeds {
  database: Database;
}

export function serveActivity(serve: Serve<ActivityNeeds>): void {
  serve(endpoints.activity.list, async ({ ctx, user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listActivityOf(ctx.database, user.id, pageWanted(query.cursor, limit));
    return { body: pageOf(rows, limit, presentActivity) };
  });
}
