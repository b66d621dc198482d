import type { Context } from "../../platform/http/context.ts";
import { issueOrderKey } from "./issue-order-key.ts";
import { keyOfBrowser } from "./policy.ts";

/** Browsers that can have one order open. When another opens it, the one that was first has to use its link again. */
const MOST_BROWSERS = 50;

interface GiveKeyInput {
  orderId: string;
  /** Ids of the keys that the browser's cookie names. */
  keyIds: readonly string[];
}

/**
 * Opens an order for a browser that may see it: returns the id of the browser's own key, which its cookie is to name. A
 * browser that has one keeps it until it is too old, and the number of keys is limited: a link that is opened again and
 * again fills nothing.
 */
export async function giveBrowserKey(
  ctx: Pick<Context, "em" | "clock">,
  { orderId, keyIds }: GiveKeyInput,
): Promise<string> {
  const known = await keyOfBrowser(ctx, { orderId, keyIds });
  if (known !== null) return known;
  const { id } = await issueOrderKey(ctx, { orderId, mailedTo: null });
  const sql = `delete from order_keys where order_id = ? and mailed_to is null and id not in
    (select id from order_keys where order_id = ? and mailed_to is null order by id desc limit ${MOST_BROWSERS})`;
  await ctx.em.execute(sql, [orderId, orderId]);
  return id;
}
