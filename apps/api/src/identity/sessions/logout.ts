import type { Request, Response } from "express";
import type { Sessions } from "../../platform/http/session.ts";

/**
 * Logs this browser out: its session is over on the server, and cookie and stored pages go. Gives the users whose
 * sessions have ended by it. Throws SessionStoreUnavailable, and the cookie goes all the same.
 */
export async function logOut({ sessions }: { sessions: Sessions }, req: Request, res: Response): Promise<string[]> {
  // Not "cookies": the browser would drop the cookie by which accounts know it as well.
  res.set("Clear-Site-Data", '"cache", "storage"');
  const ended = await sessions.end(req, res);
  return ended.map(({ user }) => user.id);
}
