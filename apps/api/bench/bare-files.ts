// The least that a server on Node can do with a file: a pipe into one, and Express' own way of sending one.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import express from "express";

const { PORT, HOST = "127.0.0.1", FOLDER = "" } = process.env;
const file = join(FOLDER, "bare.bin");

const app = express();
app.put("/file", async (req, res) => {
  await pipeline(req, createWriteStream(file));
  res.sendStatus(204);
});
app.get("/file", (_req, res) => res.sendFile(file));
app.listen(Number(PORT), HOST);
