import type { Response } from "express";
import { Refusal } from "../../platform/http/problem.ts";
import { type ActivityBacklogContext, recordActivityLater } from "../activity/record-activity.ts";

/** Notes that a link was tried that is no good any more, and gives the answer to it. */
export function refuseLink(ctx: ActivityBacklogContext, res: Response, userId: string | null): Refusal {
  recordActivityLater(ctx, res, { kind: "authn_token_reuse", userId });
  return new Refusal("link_invalid");
}
