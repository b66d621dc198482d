import { v7 as uuid } from "uuid";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { OrderInFull } from "../orders/queries.ts";
import { findDownloadable } from "./queries.ts";

/** Where files are downloaded. The token after it is the authorisation. */
export const DOWNLOADS_PATH = "/d";

interface CreateDownloadInput {
  order: Owned<OrderInFull>;
  /** Id of the content, which is a file. */
  contentId: string;
}

/**
 * Makes the address from which the buyer of an order can download a file as it is now. `no_access`: the order gives no
 * access to such a file. `not_ready`: the file is being checked.
 */
export async function createDownload(
  { em, clock }: Pick<Context, "em" | "clock">,
  { order, contentId }: CreateDownloadInput,
): Promise<{ url: string } | "no_access" | "not_ready"> {
  const found = order.state === "paid" ? await findDownloadable(em, { orderId: order.id, contentId }) : null;
  if (found === null) return "no_access";
  const { entitlementId, versionId, fileName } = found;
  if (versionId === null || fileName === null) return "not_ready";
  const token = newToken();
  await em.execute(
    "insert into downloads (id, token_hash, entitlement_id, version_id, created_at) values (?, ?, ?, ?, ?)",
    [uuid(), hashOfToken(token), entitlementId, versionId, new Date(clock.now())],
  );
  return { url: `${DOWNLOADS_PATH}/${token}/${encodeURIComponent(fileName)}` };
}
