import type { Request, Response } from "express";
import type { Sessions } from "../../platform/http/session.ts";

/**
 * Logs this browser out: ends its session on the server, and clears cookie and stored pages. Returns the users of the
 * ended sessions. Throws SessionStoreUnavailable, and clears the cookie all the same.
 */
export async function logOut({ sessions }: { sessions: Sessions }, req: Request, res: Response): Promise<string[]> {
  // Without "cookies": that would delete the known-browser cookie as well.
  res.set("Clear-Site-Data", '"cache", "storage"');
  const ended = await sessions.end(req, res);
  return ended.map(({ user }) => user.id);
}
