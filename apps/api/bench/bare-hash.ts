// Compares passwords at the server's cost on every core for a while, and prints the rate per second.
import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";

const { SECONDS = "5", COST = "12" } = process.env;
const hash = await bcrypt.hash("plum jam on the windowsill", Number(COST));
const endsAt = performance.now() + Number(SECONDS) * 1000;
const startedAt = performance.now();
let count = 0;

async function keepComparing(): Promise<void> {
  while (performance.now() < endsAt) {
    await bcrypt.compare("plum jam on the windowsill", hash);
    count += 1;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, keepComparing));
console.log(count / ((performance.now() - startedAt) / 1000));
