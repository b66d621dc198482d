// A bare Express app that does one Redis GET and answers the session's JSON: what the session probe is held against.
import express from "express";
import { Redis } from "ioredis";

const { PORT, HOST = "127.0.0.1", REDIS_URL = "", KEY = "", ANSWER = "" } = process.env;
const redis = new Redis(REDIS_URL);
const answer = JSON.parse(ANSWER);
const app = express();
app.get("/healthz", (_req, res) => void res.end());
app.get("/api/auth/session", async (_req, res) => {
  if ((await redis.get(KEY)) === null) throw new Error("The session is not there");
  res.json(answer);
});
app.listen(Number(PORT), HOST);
