// A bare Express app that does one Redis GET and answers the session's JSON: the baseline of the session probe. With
// MIDDLEWARE it has the product's headers, log and request id.
import express from "express";
import { Redis } from "ioredis";
import { addProductMiddleware } from "./peers/product-middleware.ts";

const { PORT, HOST = "127.0.0.1", REDIS_URL = "", KEY = "", ANSWER = "", MIDDLEWARE } = process.env;
const redis = new Redis(REDIS_URL);
const answer = JSON.parse(ANSWER);
const app = express();
if (MIDDLEWARE) addProductMiddleware(app);
app.get("/healthz", (_req, res) => void res.end());
app.get("/api/auth/session", async (_req, res) => {
  if ((await redis.get(KEY)) === null) throw new Error("The session is not there");
  res.json(answer);
});
app.listen(Number(PORT), HOST);
