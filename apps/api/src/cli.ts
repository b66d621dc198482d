import { createDependencies } from "./dependencies.ts";
import { readConfig } from "./env.ts";
import { explainFailure } from "./explain-failure.ts";
import { createLogger } from "./lib/logger.ts";
import { SessionStoreUnavailable } from "./sessions/session-store.ts";
import { accountNamed, CommandRefused, listUsers, userCommands } from "./user-commands.ts";

const USAGE = `yumroad: what the operator of a shop can do, with the settings that the server has.

  yumroad user list                    everybody: email, name, state, since when
  yumroad user disable <email>         shuts somebody out, and ends their sessions
  yumroad user enable <email>          lets them in again
  yumroad user end-sessions <email>    ends all their sessions; they can log in again
  yumroad user reset-link <email>      a link to choose a new password, good once, for an hour
  yumroad user remove-app <email>      takes their authenticator app away, for who lost it and its codes
  yumroad --help                       this

Works beside the running server. Answers go to standard output, the log to standard error.
Exit status: 0 done, 1 not done, 2 not understood.
`;

/** The operator's command line. Gives the exit status. */
async function run(words: string[]): Promise<number> {
  if (words.length === 0 || words.some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(USAGE);
    return words.length === 0 ? 2 : 0;
  }
  const [noun, verb = "", email, ...rest] = words;
  const command = userCommands[verb];
  const isList = verb === "list" && email === undefined;
  const isCommand = command !== undefined && Object.hasOwn(userCommands, verb) && email !== undefined;
  if (noun !== "user" || rest.length > 0 || !(isList || isCommand)) {
    process.stderr.write(`"${words.join(" ")}" is no command.\n\n${USAGE}`);
    return 2;
  }

  const config = readConfig(process.env);
  const dependencies = await createDependencies(config, createLogger(config.logLevel, process.stderr));
  try {
    if (isList) for await (const line of listUsers(dependencies)) process.stdout.write(`${line}\n`);
    else if (command)
      process.stdout.write(`${await command(dependencies, await accountNamed(dependencies, email ?? ""))}\n`);
    return 0;
  } finally {
    await dependencies.close();
  }
}

function explain(error: unknown): string {
  if (error instanceof CommandRefused) return error.message;
  if (error instanceof SessionStoreUnavailable)
    return "The sessions can't be reached, so they could not be ended. See to REDIS_URL, then do the same again.";
  return explainFailure(error);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
