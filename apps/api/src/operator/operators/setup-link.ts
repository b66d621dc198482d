import { lockSetting } from "../../platform/db/lock-setting.ts";
import { consumeShopToken, endShopToken, isShopToken, issueShopToken } from "../tokens/shop-token.ts";

const purpose = "setup_link";
const LIFETIME_MS = 24 * 60 * 60_000;

type LinkContext = Parameters<typeof issueShopToken>[0];

/**
 * Issues the token of the setup link: the user who opens the link within 24 hours becomes an operator. Null: an earlier
 * link is valid and may not be replaced.
 */
export function issueSetupToken(ctx: LinkContext, { isReplacing }: { isReplacing: boolean }): Promise<string | null> {
  return issueShopToken(ctx, { purpose, lifetimeMs: LIFETIME_MS, isReplacing });
}

/** Tells if this is the token of the present link, without using it up. */
export function isSetupToken(ctx: LinkContext, token: string): Promise<boolean> {
  return isShopToken(ctx, { purpose, token });
}

/** Consumes the token in the transaction of `ctx.em`. False: it is not valid. */
export function consumeSetupToken(ctx: LinkContext, token: string): Promise<boolean> {
  return consumeShopToken(ctx, { purpose, token });
}

/** Locks the present link until the end of the transaction: nobody uses it until then. */
export function lockSetupLink({ em }: Pick<LinkContext, "em">): Promise<void> {
  return lockSetting(em, purpose);
}

/** Makes the present link invalid. Does nothing if there is none. */
export function endSetupLink({ em }: Pick<LinkContext, "em">): Promise<void> {
  return endShopToken(em, purpose);
}

/** The link with a token. The token is in the fragment, which browsers send to no server. */
export function setupLink(publicUrl: URL, token: string): string {
  return new URL(`/setup#key=${token}`, publicUrl).href;
}
