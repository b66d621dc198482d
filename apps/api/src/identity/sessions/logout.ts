import type { Request, Response } from "express";
import type { Sessions } from "../../platform/http/session.ts";

/**
 * Logs this browser out: ends its session on the server, clears the session cookie, and has the browser delete stored
 * pages. Returns the user ids of the ended sessions. If the session store can't be reached, this also clears the
 * cookie, and then throws SessionStoreUnavailable.
 */
export async function logOut({ sessions }: { sessions: Sessions }, req: Request, res: Response): Promise<string[]> {
  // The header leaves out "cookies", which would delete the known-browser cookie as well.
  res.set("Clear-Site-Data", '"cache", "storage"');
  const ended = await sessions.end(req, res);
  return ended.map(({ user }) => user.id);
}
