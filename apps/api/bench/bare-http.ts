// The same on node:http alone: as little as a server on Node can do for it.
import { createServer } from "node:http";
import { Redis } from "ioredis";
import { dressed } from "./peers/dressing.ts";

const { PORT, HOST = "127.0.0.1", REDIS_URL = "", KEY = "", ANSWER = "", DRESSED } = process.env;
const redis = new Redis(REDIS_URL);
const answer = JSON.parse(ANSWER);

createServer(
  dressed(async (_req, res) => {
    if ((await redis.get(KEY)) === null) throw new Error("The session is not there");
    const text = JSON.stringify(answer);
    res.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
    res.end(text);
  }, Boolean(DRESSED)),
).listen(Number(PORT), HOST);
