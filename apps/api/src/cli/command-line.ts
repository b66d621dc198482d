import type { ShopKind } from "@yumroad/contract";
import { readConfig } from "../config/env.ts";
import { createDependencies, type Dependencies } from "../dependencies.ts";
import { createLogger } from "../platform/lib/logger.ts";
import { SessionStoreUnavailable } from "../platform/sessions/session-store.ts";
import { backupCommandOf } from "./backup-commands.ts";
import { explainFailure } from "./explain-failure.ts";
import { decideShopKind, operatorCommands, printOperators, printSetupLink } from "./operator-commands.ts";
import { connectStripe, printDoctor } from "./payment-commands.ts";
import { accountNamed, CommandRefused, listUsers, type UserCommand, userCommands } from "./user-commands.ts";

const USAGE = `yumroad: what the operator of a shop can do, with the settings that the server has.

  yumroad user list                    everybody: email, name, state, since when
  yumroad user disable <email>         shuts somebody out, and ends their sessions
  yumroad user enable <email>          lets them in again
  yumroad user end-sessions <email>    ends all their sessions; they can log in again
  yumroad user reset-link <email>      a link to choose a new password, good once, for an hour
  yumroad user remove-app <email>      takes their authenticator app away, for who lost it and its codes
  yumroad operator list                who runs the shop
  yumroad operator add <email>         lets an account run the shop; its sessions end
  yumroad operator remove <email>      takes that away again; its sessions end
  yumroad setup-link                   a link that makes an operator of the account that opens it, good once, for a day
  yumroad shop-kind <kind>             who may sell: my-store (only operators) or marketplace (everybody)
  yumroad doctor                       what keeps the shop from taking real money, and what to do about it
  yumroad stripe connect               makes the endpoint for webhooks at Stripe, and says its secret
  yumroad backup <file>                writes the database and the files of DATA_DIR into one archive
  yumroad restore --verify <file>      reads a backup to its end, and says if it is whole
  yumroad restore <file>               brings a backup back, into an empty database and an empty DATA_DIR
  yumroad --help                       this

Works beside the running server. Answers go to standard output, the log to standard error.
Exit status: 0 done, 1 not done, 2 not understood.
`;

/** The environment and output streams of the process, passed in so that tests can replace them. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Receives results. */
  output: { write(text: string): unknown };
  /** Receives the log and error messages. */
  complaints: { write(text: string): unknown };
}

/**
 * Runs the operator's command line. `words`: the arguments after the program's name. Returns the exit status (0: done,
 * 1: failed, 2: invalid command) and never throws.
 *
 * @example
 * await runCommandLine(["user", "list"], { env: process.env, output: process.stdout, complaints: process.stderr });
 */
export async function runCommandLine(words: string[], surroundings: Surroundings): Promise<number> {
  try {
    return await run(words, surroundings);
  } catch (error) {
    surroundings.complaints.write(`${explain(error)}\n`);
    return 1;
  }
}

async function run(words: string[], { env, output, complaints }: Surroundings): Promise<number> {
  if (words.length === 0 || words.some((word) => word === "--help" || word === "-h")) {
    output.write(USAGE);
    return words.length === 0 ? 2 : 0;
  }
  const backupCommand = backupCommandOf(words);
  if (backupCommand) {
    output.write(`${await backupCommand(env)}\n`);
    return 0;
  }
  const command = commandOf(words);
  if (!command) {
    complaints.write(`"${words.join(" ")}" is no command.\n\n${USAGE}`);
    return 2;
  }

  const config = readConfig(env);
  const dependencies = await createDependencies(config, createLogger(config.logLevel, complaints));
  try {
    for await (const line of command(dependencies)) output.write(`${line}\n`);
    return 0;
  } finally {
    await dependencies.close();
  }
}

/** A command with its arguments: yields the lines of its answer. */
type Command = (dependencies: Dependencies) => AsyncIterable<string>;

const ACCOUNT_COMMANDS: Record<string, Record<string, UserCommand>> = {
  user: userCommands,
  operator: operatorCommands,
};

const LISTS: Record<string, Command> = { user: listUsers, operator: printOperators };

const WHOLE_COMMANDS = new Map<string, Command>([
  ["setup-link", printSetupLink],
  ["doctor", printDoctor],
  ["stripe connect", connectStripe],
]);

/** The kinds of shop as `SHOP_KIND` spells them, and as the API does. */
const SHOP_KINDS = new Map<string, ShopKind>([
  ["my-store", "my_store"],
  ["my_store", "my_store"],
  ["marketplace", "marketplace"],
]);

/** Returns the command that the words name; null: none. */
function commandOf(words: string[]): Command | null {
  const [noun = "", verb = "", email, ...rest] = words;
  const whole = WHOLE_COMMANDS.get(words.join(" "));
  if (whole) return whole;
  const kind = noun === "shop-kind" && words.length === 2 ? SHOP_KINDS.get(verb) : undefined;
  if (kind) return (dependencies) => decideShopKind(dependencies, kind);
  if (verb === "list" && email === undefined && Object.hasOwn(LISTS, noun)) return LISTS[noun] ?? null;
  const commands = Object.hasOwn(ACCOUNT_COMMANDS, noun) ? (ACCOUNT_COMMANDS[noun] ?? {}) : {};
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (!command || email === undefined || rest.length > 0) return null;
  return async function* run(dependencies) {
    yield await command(dependencies, await accountNamed(dependencies, email));
  };
}

function explain(error: unknown): string {
  if (error instanceof CommandRefused) return error.message;
  if (error instanceof SessionStoreUnavailable)
    return "The sessions can't be reached, so they could not be ended. See to REDIS_URL, then do the same again.";
  return explainFailure(error);
}
