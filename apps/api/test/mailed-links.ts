import type { Person, TestApp } from "./test-app.ts";

/** What stands in the newest mail's link: the token behind the `#`, and the page. */
export async function mailedLink(app: TestApp, address: string): Promise<{ url: URL; token: string }> {
  const url = new URL((await app.mailbox.last(address)).link());
  return { url, token: new URLSearchParams(url.hash.slice(1)).get("token") ?? "" };
}

/** Asks for a new password as anybody can, and hands over the token that was mailed. */
export async function forgetPassword(app: TestApp, { email }: Pick<Person, "email">): Promise<string> {
  // One mail in five minutes.
  app.clock.advance("5m");
  const answer = await app.visitor().post("/api/auth/forgot-password", { json: { email } });
  if (answer.status !== 202) throw new Error(`Forgetting a password answered ${answer.status}`);
  return (await mailedLink(app, email)).token;
}

/** Asks for another address as its owner can, and hands over the token that was mailed there. */
export async function askForEmail(app: TestApp, { client }: Pick<Person, "client">, email: string): Promise<string> {
  const answer = await client.post("/api/account/email", { json: { email } });
  if (answer.status !== 202) throw new Error(`Asking for another address answered ${answer.status}: ${answer.text}`);
  return (await mailedLink(app, email)).token;
}
