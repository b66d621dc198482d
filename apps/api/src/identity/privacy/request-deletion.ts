import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { lockUser } from "../users/lock-user.ts";
import { formatDay } from "./format-day.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Pick<Limits, "deletionGrace">;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Has an account deleted when its time to think is over, and takes it out of sight now: what it sells is off the shelf,
 * and every session of it, half ones too, is over at its next request. Asking twice does not put it off.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then ask again. Null: no such user.
 */
export async function requestDeletion(
  { em, limits, sessionStore, accountExtension, ...mailParts }: Parts,
  { id }: Pick<User, "id">,
  origin: ClientInfo,
): Promise<Date | null> {
  const { clock } = mailParts;
  // Before the change: when the sessions can't be reached, nothing changes.
  await sessionStore.assertWritable();
  const deletionAt = await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, id);
    if (!user || user.deletionAt) return user?.deletionAt ?? null;
    const now = clock.now();
    user.deletionAt = new Date(now + limits.deletionGrace);
    user.updatedAt = new Date(now);
    await accountExtension.closed(transaction, id, new Date(now));
    await recordActivity({ em: transaction, clock }, origin, { kind: "user_deletion_asked", userId: id });
    await enqueueMail(transaction, mailParts, {
      kind: "deletion_asked",
      to: user.email,
      subject: `Your account will be deleted on ${formatDay(user.deletionAt)}`,
      heading: "Your account will be deleted",
      paragraphs: [
        `Somebody, most likely you, asked for your account to be deleted. On ${formatDay(user.deletionAt)} it will be gone, with your store and all that is in it.`,
        "Until then nobody sees what you sell, and you can still log in. To keep everything after all, log in and say so.",
      ],
      button: { label: "Keep my account", path: "/settings/data" },
      closing: "If it was not you, log in, keep your account, and choose a new password.",
    });
    return user.deletionAt;
  });
  if (deletionAt !== null) await sessionStore.endAllOf(id);
  return deletionAt;
}
