import type { Response } from "express";
import { Refusal } from "../../platform/http/problem.ts";
import { type ActivityBacklogContext, recordActivityLater } from "../activity/record-activity.ts";

/** Records the use of a link that is no longer good, and returns its refusal. */
export function refuseLink(ctx: ActivityBacklogContext, res: Response, userId: string | null): Refusal {
  recordActivityLater(ctx, res, { kind: "authn_token_reuse", userId });
  return new Refusal("link_invalid");
}
