import type { Request, Response } from "express";
import type { Context } from "../../platform/http/context.ts";
import type { Refusal } from "../../platform/http/problem.ts";

/** The request that uses a link to confirm an address, and the account to which the link belongs. */
export interface Confirmer {
  req: Request;
  res: Response;
  user: { id: string; email: string };
  password: string | undefined;
}

/**
 * A port that the app passes in at startup: this module can't import the one that verifies passwords, which depends on
 * this module. Requires that the browser is logged in to the account or sends its password. Null: the request comes
 * from the account's owner. Records wrong passwords and too many tries.
 */
export type RefuseStranger = (ctx: Context, confirmer: Confirmer) => Promise<Refusal | null>;
