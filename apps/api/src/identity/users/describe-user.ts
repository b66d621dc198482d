import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { AccountExtension } from "./account-extension.ts";
import type { AccountUser } from "./queries.ts";

/** Adds the store to a user: the form that sessions keep and pages receive. */
export async function describeUser(
  { em, accountExtension }: { em: EntityManager; accountExtension: AccountExtension },
  { id, email, name }: AccountUser,
): Promise<User> {
  return { id, email, name, store: await accountExtension.describe(em, id) };
}
