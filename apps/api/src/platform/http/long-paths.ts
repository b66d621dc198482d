import type { RequestHandler } from "express";
import { answerProblem, Refusal } from "./problem.ts";

/**
 * Answers 404 for a path longer than any route. Express would compare the path with every following route, after an
 * error as well, at a cost that grows with the path.
 */
export function refuseLongPaths(longest: number): RequestHandler {
  return (req, res, next) => {
    const end = req.url.indexOf("?");
    if ((end === -1 ? req.url.length : end) <= longest) next();
    else answerProblem(new Refusal("not_found"), req, res, next);
  };
}
