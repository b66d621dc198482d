import { runCommandLine } from "./cli/command-line.ts";
import { OWNER_ONLY } from "./config/data-folder.ts";

process.umask(OWNER_ONLY);

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  output: process.stdout,
  complaints: process.stderr,
});
