import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { TokenInput } from "./tokens.ts";
import { Email } from "./user.ts";

/** Ways back to orders for buyers without an account. */
export const purchaseEndpoints = {
  find: endpoint({
    method: "POST",
    path: "/api/purchases/find",
    access: "anyone",
    summary: "Email a link to all purchases of an email. The response doesn’t say whether there are any",
    body: z.strictObject({ email: Email }),
    success: { status: 202, body: null },
    problems: ["rate_limited", "mail_unavailable"],
  }),

  open: endpoint({
    method: "POST",
    path: "/api/purchases/open",
    access: "anyone",
    summary: "Open the latest purchases of an email with an emailed link. A cookie keeps them open in this browser",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ refs: z.array(z.string()) }) },
    problems: ["link_invalid", "rate_limited"],
  }),
};
