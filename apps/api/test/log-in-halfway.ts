import type { Client } from "@yumroad/testkit";
import { toSessionData } from "../src/sessions/session-record.ts";
import type { Person, TestApp } from "./test-app.ts";

/** A browser of somebody who has given the right password and still owes a second factor. */
export async function logInHalfway({ dependencies, logIn }: TestApp, person: Person): Promise<Client> {
  const { sessionStore } = dependencies;
  const before = (await sessionStore.listOf(person.user.id)).map(({ id }) => id);
  const { client } = await logIn(person);
  const begun = (await sessionStore.listOf(person.user.id)).find(({ id }) => !before.includes(id));
  if (!begun) throw new Error("The log-in has begun no session");
  await sessionStore.end(begun.id);
  const half = toSessionData({ ...begun.record, isHalf: true });
  await new Promise<void>((resolve, reject) => {
    sessionStore.set(begun.id, half, (error) => (error ? reject(error) : resolve()));
  });
  return client;
}
