import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";

/** Public facts about this installation. */
export const Shop = z.strictObject({
  /** `closed`: no further accounts. Before the first account exists, this says `instant` all the same. */
  signupMode: z.enum(["instant", "closed"]),
  canSendMail: z.boolean(),
  /** True when mails stay in a tray, which its key opens at `/outbox`. */
  hasMailTray: z.boolean(),
});
export type Shop = z.infer<typeof Shop>;

export const shopEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/site",
    access: "public",
    summary: "What this shop can do: whether it takes new accounts, and whether it can send mail",
    success: { status: 200, body: Shop },
    cache: "shared",
    problems: [],
  }),
};
