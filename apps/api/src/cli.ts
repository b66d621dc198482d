import { runCommandLine } from "./command-line.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  output: process.stdout,
  complaints: process.stderr,
});
