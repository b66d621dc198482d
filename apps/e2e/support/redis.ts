import { connect } from "node:net";

/** URL of the Redis that journeys use; it need not be reachable. */
export const redisUrl = process.env.REDIS_URL || "redis://127.0.0.1:6379";

/** The reason why journeys can't run on Redis, or `null`. */
export async function whyNoRedis(): Promise<string | null> {
  if (process.env.HIDE_SERVICES) return "HIDE_SERVICES is set";
  try {
    return (await say(["PING"])).startsWith("+PONG") ? null : "it does not answer PING";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Deletes every key with a prefix, to remove the data of a test server. */
export async function removeKeys(prefix: string): Promise<void> {
  const script = `local cursor = "0"
    repeat
      local page = redis.call("SCAN", cursor, "MATCH", ARGV[1], "COUNT", 500)
      cursor = page[1]
      for _, key in ipairs(page[2]) do redis.call("UNLINK", key) end
    until cursor == "0"`;
  await say(["EVAL", script, "0", `${prefix}*`]);
}

/** Sends one command and returns the raw answer. A client library would be a dependency for two commands. */
function say(command: string[]): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(redisUrl);
  const login = password ? [["AUTH", decodeURIComponent(username) || "default", decodeURIComponent(password)]] : [];
  const select = pathname.length > 1 ? [["SELECT", pathname.slice(1)]] : [];
  const commands = [...login, ...select, command];
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    let answer = "";
    socket.setTimeout(2000, () => socket.destroy(new Error("it does not answer in time")));
    socket.on("connect", () => socket.write(commands.map(encode).join("")));
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      answer += bytes.toString();
      // Every answer to these commands is one line.
      const lines = answer.split("\r\n").slice(0, -1);
      if (lines.length < commands.length) return;
      socket.end();
      resolve(lines.at(-1) ?? "");
    });
  });
}

function encode(command: string[]): string {
  return `*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}
