import type { Request, Response } from "express";
import type { Context } from "../../platform/http/context.ts";
import type { Refusal } from "../../platform/http/problem.ts";

/** The request that comes with a link to confirm an address, and the link's account. */
export interface Confirmer {
  req: Request;
  res: Response;
  user: { id: string; email: string };
  password: string | undefined;
}

/**
 * A port, given at assembly, since passwords are verified above this room: requires a confirmer to be logged in to the
 * account, or to give its password. Null: it is the owner. A refusal is recorded.
 */
export type RefuseStranger = (ctx: Context, confirmer: Confirmer) => Promise<Refusal | null>;
