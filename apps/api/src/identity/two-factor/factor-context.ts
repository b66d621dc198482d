import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { ActivityContext } from "../activity/record-activity.ts";

/** The context of changes to an account's factors, which are recorded and mailed to the owner. */
export type FactorContext = ActivityContext & MailContext;
