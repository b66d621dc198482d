import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { noteAccess } from "../orders/note-access.ts";
import type { OrdersCookie } from "../orders/orders-cookie.ts";
import { orderOfBuyer } from "../orders/policy.ts";
import { createDownload } from "./create-download.ts";

interface DownloadNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  ordersCookie: OrdersCookie;
}

export function serveDownloadLinks(serve: Serve<DownloadNeeds>): void {
  serve(endpoints.downloads.create, async ({ ctx, params, body, user, req }) => {
    const order = await orderOfBuyer(ctx, { ref: params.ref, keyIds: ctx.ordersCookie.read(req), user });
    if (order === null) return new Refusal("not_found");
    const limit = { key: `downloads-begun:${order.id}`, limit: ctx.limits.downloadsBegun };
    const refusal = await refuseOverLimit(ctx, [limit]);
    if (refusal) return refusal;
    const download = await createDownload(ctx, { order, contentId: body.content });
    if (download === "no_access") return new Refusal("access_ended");
    if (download === "not_ready") return new Refusal("file_not_ready");
    await noteAccess(ctx, order);
    return { body: download };
  });
}
