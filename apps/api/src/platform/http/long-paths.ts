import type { RequestHandler } from "express";
import { answerProblem, Refusal } from "./problem.ts";

/**
 * Nothing is at a path that is longer than any of ours. It is answered here at once: Express compares every path with
 * every route that follows, after an error as well, and what that costs grows with the path.
 */
export function refuseLongPaths(longest: number): RequestHandler {
  return (req, res, next) => {
    const end = req.url.indexOf("?");
    if ((end === -1 ? req.url.length : end) <= longest) next();
    else answerProblem(new Refusal("not_found"), req, res, next);
  };
}
