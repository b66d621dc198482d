import { operatorCommands } from "../src/cli/operator-commands.ts";
import { accountNamed } from "../src/cli/user-commands.ts";
import type { Person, TestApp } from "./test-app.ts";

/** Makes an account an operator by the operator's command, and logs in again: the command has ended its sessions. */
export async function makeOperator(app: TestApp, person: Person): Promise<Person> {
  await operatorCommands.add?.(app.dependencies, await accountNamed(app.dependencies, person.email));
  return app.logIn(person);
}
