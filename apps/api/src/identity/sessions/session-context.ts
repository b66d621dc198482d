import type { Context } from "../../platform/http/context.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "../users/account-extension.ts";

/** The context of an operation that begins a session, or changes a session's id or user. */
export type SessionContext = Pick<Context, "em" | "log"> & {
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
};
