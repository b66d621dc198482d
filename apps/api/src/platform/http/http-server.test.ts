import { connect } from "node:net";
import { type Problem, Problem as ProblemSchema } from "@yumroad/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createHttpServer } from "./http-server.ts";

const server = createHttpServer((req, res) => res.end(`${req.method} ${String(req.headers.cookie ?? "").length}`));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

function say(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (bytes) => (answer += bytes));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.setTimeout(3000, () => socket.end());
  });
}

it.each([
  ["what is no HTTP", "GARBAGE\r\n\r\n", 400],
  ["a header without an end", `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${"x".repeat(100_000)}\r\n\r\n`, 431],
  ["a request with two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
])("R42, R80: %s is refused as a problem, with our headers and no version", async (_, text, status) => {
  const answer = await say(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toMatch(/^X-Content-Type-Options: nosniff\r$/m);
  expect(answer).toMatch(/^Content-Security-Policy: default-src 'none'/m);
  const problem = JSON.parse(answer.split("\r\n\r\n")[1] ?? "") as Problem;
  expect(ProblemSchema.parse(problem).status).toBe(status);
});

it("R5: a cookie of 40 KB reaches the app, which takes it for nobody's", async () => {
  const answer = await say(`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${"x".repeat(40_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(answer).toContain("GET 40000");
});

it("an expectation that nobody knows is no reason to refuse", async () => {
  const answer = await say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: a miracle\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});
