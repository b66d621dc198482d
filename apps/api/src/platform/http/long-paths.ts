import type { RequestHandler } from "express";
import { answerProblem, Refusal } from "./problem.ts";

/**
 * Answers 404 to a path that is longer than any route. Otherwise Express would compare the path with every following
 * route, even after an error, and each comparison takes longer for a longer path.
 */
export function refuseLongPaths(longest: number): RequestHandler {
  return (req, res, next) => {
    const end = req.url.indexOf("?");
    if ((end === -1 ? req.url.length : end) <= longest) next();
    else answerProblem(new Refusal("not_found"), req, res, next);
  };
}
