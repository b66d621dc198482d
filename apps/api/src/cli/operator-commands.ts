import type { ShopKind } from "@yumroad/contract";
import type { Dependencies } from "../dependencies.ts";
import { addOperator } from "../operator/operators/add-operator.ts";
import { listOperators } from "../operator/operators/queries.ts";
import { removeOperator } from "../operator/operators/remove-operator.ts";
import { issueSetupToken, setupLink } from "../operator/operators/setup-link.ts";
import { changeShopKind, describeStoresOfOthers } from "../operator/shop/change-shop-kind.ts";
import { backgroundContext } from "../platform/http/background-context.ts";
import { CommandRefused, day, LAST_OPERATOR, type UserCommand } from "./user-commands.ts";

/** The commands that decide who operates the shop, by name. */
export const operatorCommands: Record<string, UserCommand> = {
  async add(dependencies, { user }) {
    const outcome = await addOperator(backgroundContext(dependencies), user.id);
    if (outcome === "disabled") throw new CommandRefused(`${user.email} is disabled: enable it first.`);
    if (outcome === "deletion_pending")
      throw new CommandRefused(`${user.email} is going to be deleted: its owner has to log in and keep it first.`);
    if (outcome === "already_operator") return `${user.email} is an operator already, and every session is over.`;
    return `${user.email} is an operator from the next log-in on: every session is over.`;
  },

  async remove(dependencies, { user }) {
    const outcome = await removeOperator(backgroundContext(dependencies), user.id);
    if (outcome === "last_operator") throw new CommandRefused(LAST_OPERATOR);
    if (outcome === "not_an_operator") return `${user.email} is no operator.`;
    return `${user.email} is no operator any more, and every session is over.`;
  },
};

/** Yields one line per operator, the first one first. */
export async function* printOperators({ database }: Dependencies): AsyncGenerator<string> {
  for (const { email, name, operatorSince } of await listOperators(database.fork())) {
    if (operatorSince) yield [email, name, `since ${day(operatorSince)}`].join("\t");
  }
}

/** Changes who may sell, and yields what holds from now on. */
export async function* decideShopKind(dependencies: Dependencies, kind: ShopKind): AsyncGenerator<string> {
  const outcome = await changeShopKind(backgroundContext(dependencies), { kind, operatorId: null });
  if (outcome.kind === "others_have_stores")
    throw new CommandRefused(`${describeStoresOfOthers(outcome.count)}, so this stays a marketplace.`);
  const who = kind === "marketplace" ? "Everybody with an account may sell" : "Only operators sell";
  yield outcome.kind === "unchanged" ? `${who} here already.` : `${who} here from now on.`;
}

/** Yields a new setup link; an earlier one ends. */
export async function* printSetupLink(dependencies: Dependencies): AsyncGenerator<string> {
  const token = await issueSetupToken(backgroundContext(dependencies), { isReplacing: true });
  if (token !== null) yield setupLink(dependencies.config.publicUrl, token);
}
