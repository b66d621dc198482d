import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { OrderRef } from "./orders.ts";

export const downloadEndpoints = {
  create: endpoint({
    method: "POST",
    path: "/api/orders/:ref/downloads",
    access: "anyone",
    whose: "own",
    summary: "Make an address from which a file of an order can be downloaded, in parts as well",
    params: OrderRef,
    body: z.strictObject({ content: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) }),
    /** `url` has to be opened within ten minutes. It then works until it has not been used for a week. */
    success: { status: 201, body: z.strictObject({ url: z.string() }) },
    problems: ["access_ended", "file_not_ready", "rate_limited"],
  }),
};
