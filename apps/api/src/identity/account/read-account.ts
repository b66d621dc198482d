import type { Account } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { findPendingEmail } from "../email/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { findAccountInFull } from "../users/queries.ts";
import { presentAccount } from "./present.ts";

type ReadContext = Pick<Context, "em" | "clock"> & { accountExtension: AccountExtension };

/** Reads an account as the API sends it to its owner. Null: no such user. */
export async function readAccount(ctx: ReadContext, userId: string): Promise<Account | null> {
  const account = await findAccountInFull(ctx.em, userId);
  if (account === null) return null;
  const user = await describeUser(ctx, account.user);
  return presentAccount(user, account, await findPendingEmail(ctx, userId));
}
