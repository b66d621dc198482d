import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import type { UserRow } from "../../identity/users/user.entity.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { type TakeDownKind, takeDownWords } from "../../words/shop-mails.ts";

export type TakeDownContext = ActivityContext & MailContext;

interface TakenDown {
  owner: UserRow;
  /** The kind of the mail, and of the activity as well. */
  kind: TakeDownKind;
  /** The name that the owner gave to it. */
  name: string;
  /** The operator's reason; null: it was put back. */
  reason: string | null;
}

/**
 * Records in the owner's activity that the operator has taken something down or put it back, and mails the owner, in the
 * transaction of the change. An unverified address may be a stranger's, so the mail to it does not repeat the name that
 * the account's creator chose.
 */
export async function tellOwner(ctx: TakeDownContext, { owner, kind, name, reason }: TakenDown): Promise<void> {
  await recordActivity(ctx, { kind, userId: owner.id });
  const words = takeDownWords({ kind, name: owner.emailVerifiedAt === null ? null : name, reason });
  const path = kind.startsWith("product") ? "/dashboard/products" : "/settings/store";
  await enqueueMail(ctx, { kind, to: owner.email, ...words, button: { label: words.buttonLabel, path } });
}
