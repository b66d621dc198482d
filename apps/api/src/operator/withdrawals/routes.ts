import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import type { Serve } from "../../platform/http/serve.ts";
import { presentStrayWithdrawal } from "./present.ts";
import { listStrayWithdrawals } from "./queries.ts";

/** Serves the statements of withdrawal that no seller sees. */
export function serveOperatorWithdrawals(serve: Serve<object>): void {
  serve(endpoints.operator.listWithdrawals, async ({ ctx, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listStrayWithdrawals(ctx.em, pageWanted(query.cursor, limit));
    return { body: pageOf(rows, limit, presentStrayWithdrawal) };
  });
}
