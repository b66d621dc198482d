import { Readable } from "node:stream";
import { PAGE_SIZE } from "@yumroad/contract";
import { ZipFile } from "yazl";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { listActivityOf } from "../activity/queries.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { listPasskeysOf } from "../passkeys/queries.ts";
import { isStillLoggedIn } from "../sessions/is-still-logged-in.ts";
import { countRecoveryCodes, findTotp } from "../two-factor/queries.ts";
import type { AccountExtension, ExportedFile } from "../users/account-extension.ts";
import { findAccountInFull } from "../users/queries.ts";
import { accountFile, activityInFile, factorsFile, mailInFile, passkeyInFile, sessionInFile } from "./present.ts";
import { listMailsTo } from "./queries.ts";

type ExportContext = ActivityContext & {
  database: Database;
  limits: Limits;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
};

export interface Export {
  content: Readable;
  /** True while the session that requested the export exists, even if the session has moved to a new id. */
  mayGoOn(): Promise<boolean>;
}

/**
 * Packs all data of a user into a ZIP of JSON files. Reads products and activity page by page while the file is sent,
 * so that a large store takes little memory. Records the event before anything is sent, because a slow client may take
 * long to receive the file. Null: there is no such user. Throws SessionStoreUnavailable, but only before anything is
 * sent.
 */
export async function exportData(
  ctx: ExportContext,
  { user, loggedInAt }: Pick<SessionRecord, "user" | "loggedInAt">,
): Promise<Export | null> {
  const { id } = user;
  const { em, clock, database, sessionStore, limits, accountExtension } = ctx;
  const account = await findAccountInFull(em, id);
  if (!account) return null;
  const { email } = account.user;
  const sessions = (await sessionStore.listOf(id)).filter(({ record }) => !record.isPending);
  const factors = factorsFile(await findTotp(em, id), await countRecoveryCodes(em, id));
  const passkeys = await listPasskeysOf(em, id);
  const mails = await listMailsTo(em, email, new Date(account.createdAt));
  await recordActivity(ctx, { kind: "data_exported", userId: id });
  const content = zip(new Date(clock.now()), {
    "account.json": accountFile(account),
    ...(await accountExtension.exported(em, id)),
    "sessions.json": sessions.map(({ record }) => sessionInFile(record, limits)),
    "factors.json": factors,
    "passkeys.json": passkeys.map(passkeyInFile),
    "activity.json": everyPage((page) => listActivityOf(database, id, page), activityInFile),
    "mails.json": mails.map(mailInFile),
  });
  return { content, mayGoOn: () => isStillLoggedIn(sessionStore, { user, loggedInAt }) };
}

function zip(mtime: Date, files: Record<string, ExportedFile>): Readable {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  for (const [name, content] of Object.entries(files)) {
    const source = Readable.from(jsonOf(content));
    // Without a listener, a read error would end the process.
    source.on("error", (error) => output.destroy(error));
    archive.addReadStream(source, name, { mtime });
  }
  archive.end();
  return output;
}

async function* jsonOf(content: ExportedFile): AsyncGenerator<string> {
  if (!(Symbol.asyncIterator in content)) {
    yield `${JSON.stringify(content, null, 2)}\n`;
    return;
  }
  let isFirst = true;
  for await (const item of content) {
    yield `${isFirst ? "[" : ","}\n${JSON.stringify(item, null, 2)}`;
    isFirst = false;
  }
  yield isFirst ? "[]\n" : "\n]\n";
}

async function* everyPage<Row extends { id: string }, Item>(
  read: (page: PageWanted) => Promise<Row[]>,
  present: (row: Row) => Item,
): AsyncGenerator<Item> {
  const limit = PAGE_SIZE.max;
  for (let afterId: string | null = null; ; ) {
    const rows: Row[] = await read({ afterId, limit });
    for (const row of rows) yield present(row);
    if (rows.length < limit) return;
    afterId = rows.at(-1)?.id ?? null;
  }
}
