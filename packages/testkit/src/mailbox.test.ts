import { connect } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { createMailbox, type Mailbox, MailRefusal } from "./mailbox.ts";

let mailbox: Mailbox;
afterEach(() => mailbox.close());

/** Sends each line after the server has answered the previous one. Resolves with the first digit of each answer. */
async function talk(lines: string[]): Promise<string[]> {
  const socket = connect(mailbox.port, "127.0.0.1");
  const answers: string[] = [];
  for await (const answer of createInterface({ input: socket })) {
    // A dash announces another line of the same answer.
    if (answer[3] === "-") continue;
    answers.push(answer.slice(0, 3));
    const next = lines.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  socket.destroy();
  return answers;
}

function send(to: string, message: string[]): Promise<string[]> {
  return talk(["EHLO me", "MAIL FROM:<shop@example.com>", `RCPT TO:<${to}>`, "DATA", [...message, "."].join("\r\n")]);
}

const MESSAGE = [
  "From: The shop <shop@example.com>",
  "To: ada@example.com",
  "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
  "Message-ID: <1@example.com>",
  "X-Own: yes",
  "",
  "Go to https://shop.example/x#token=abc now, or to https://other.example.",
];

test("keeps what arrives, as its reader sees it", async () => {
  mailbox = await createMailbox();
  expect(await send("ada@example.com", MESSAGE)).toEqual(["220", "250", "250", "250", "354", "250"]);
  const mail = mailbox.last("ada@example.com");
  expect(mail).toMatchObject({
    recipients: ["ada@example.com"],
    from: "The shop <shop@example.com>",
    to: "ada@example.com",
    subject: "Grüße",
    messageId: "<1@example.com>",
  });
  expect(mail.header("x-OWN")).toBe("yes");
  expect(mail.header("Bcc")).toBeNull();
  expect(mail.link()).toBe("https://shop.example/x#token=abc");
  expect(mail.source).toContain("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
  expect(mailbox.mails).toEqual([mail]);
});

test("tells who got something when it was somebody else", async () => {
  mailbox = await createMailbox();
  expect(() => mailbox.last("ada@example.com")).toThrow("only for: nobody");
  await send("bob@example.com", MESSAGE);
  expect(() => mailbox.last("ada@example.com")).toThrow("only for: bob@example.com");
  expect(mailbox.to("ada@example.com")).toEqual([]);
  expect(mailbox.to("bob@example.com")).toHaveLength(1);
});

test("waits for what is sent behind the answer, and says what came instead", async () => {
  mailbox = await createMailbox();
  const waiting = mailbox.waitFor("ada@example.com");
  await send("ada@example.com", MESSAGE);
  expect(await waiting).toBe(mailbox.last("ada@example.com"));
  const second = mailbox.waitFor("ada@example.com", { count: 2 });
  await send("ada@example.com", ["Subject: Second", "", "x"]);
  expect((await second).subject).toBe("Second");
  await expect(mailbox.waitFor("bob@example.com", { withinMs: 5 })).rejects.toThrow(
    "0 of 1 mails have arrived for bob@example.com within 5 ms, and some for: ada@example.com",
  );
});

test("says so when there is no link", async () => {
  mailbox = await createMailbox();
  await send("ada@example.com", ["Subject: Empty", "", "Nothing to see."]);
  expect(() => mailbox.last("ada@example.com").link()).toThrow(/no link in the text of “Empty”/);
});

test("refuses what it is told to refuse, and keeps none of it", async () => {
  mailbox = await createMailbox({
    onRecipient(address) {
      if (address.startsWith("nobody")) throw new MailRefusal(550, "No such user");
    },
    async onMail({ subject }) {
      if (subject === "Later") throw new MailRefusal(451, "Come back later");
    },
  });
  expect((await send("nobody@example.com", MESSAGE)).slice(0, 4)).toEqual(["220", "250", "250", "550"]);
  expect((await send("ada@example.com", ["Subject: Later", "", "x"])).at(-1)).toBe("451");
  expect(mailbox.mails).toEqual([]);
});

test("notes who logs in", async () => {
  mailbox = await createMailbox();
  const credentials = Buffer.from("\0shop\0a password").toString("base64");
  expect(await talk(["EHLO me", `AUTH PLAIN ${credentials}`])).toEqual(["220", "250", "235"]);
  expect(mailbox.logins).toEqual(["shop:a password"]);
});
