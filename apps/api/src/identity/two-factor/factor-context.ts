import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { ActivityContext } from "../activity/record-activity.ts";

/** The needs of a change of the ways to log in to an account: it is recorded, and its owner is told by mail. */
export type FactorContext = ActivityContext & MailContext;
