import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { AccountExtension } from "./account-extension.ts";
import type { AccountUser } from "./queries.ts";

/** Adds the store to a user. Sessions keep the result, and pages receive it. */
export async function describeUser(
  { em, accountExtension }: { em: EntityManager; accountExtension: AccountExtension },
  { id, email, name, isOperator }: AccountUser,
): Promise<User> {
  return { id, email, name, store: await accountExtension.describe(em, id), isOperator };
}
