import type { EntityManager } from "../../db/database.ts";
import { enqueueMail, type MailParts } from "../mail/enqueue-mail.ts";

/** Tells somebody that their password is another one now, in the transaction in which it becomes so (R53, R63). */
export async function notifyPasswordChange(em: EntityManager, parts: MailParts, to: string): Promise<void> {
  await enqueueMail(em, parts, {
    kind: "password_changed",
    to,
    subject: "Your password was changed",
    heading: "Your password was changed",
    paragraphs: [
      "The password of your account at Yumroad is a new one now. Other browsers were logged out.",
      "If that was you, there is nothing to do. If it was not, choose another one right away: whoever changed it is in your account.",
    ],
    button: { label: "Choose another password", path: "/forgot-password" },
  });
}
