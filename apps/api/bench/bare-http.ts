// The same on plain node:http, the least that a server on Node can do.
import { createServer } from "node:http";
import { Redis } from "ioredis";
import { withProductMiddleware } from "./peers/product-middleware.ts";

const { PORT, HOST = "127.0.0.1", REDIS_URL = "", KEY = "", ANSWER = "", MIDDLEWARE } = process.env;
const redis = new Redis(REDIS_URL);
const answer = JSON.parse(ANSWER);

createServer(
  withProductMiddleware(async (_req, res) => {
    if ((await redis.get(KEY)) === null) throw new Error("The session is not there");
    const text = JSON.stringify(answer);
    res.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
    res.end(text);
  }, Boolean(MIDDLEWARE)),
).listen(Number(PORT), HOST);
