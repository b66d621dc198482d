import { enqueueJob } from "../../platform/jobs/enqueue-job.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { FileEntity } from "./file.entity.ts";
import { type DamageParts, findDamage } from "./find-damage.ts";

type CheckSizesParts = DamageParts & { clock: Clock };

/** Files that are looked at between two looks at whether the server stops. */
const PAGE = 500;

/** Looks if the bytes of every file are there, by their number. A damaged one whose bytes are back is no longer damaged. */
export async function checkSizes(parts: CheckSizesParts, isStopping: () => boolean): Promise<void> {
  const { database } = parts;
  let last = "";
  while (!isStopping()) {
    const states = ["ready", "damaged"] as const;
    const files = await database
      .fork()
      .find(FileEntity, { id: { $gt: last }, state: { $in: [...states] } }, { orderBy: { id: "asc" }, limit: PAGE });
    for (const file of files) {
      if ((await findDamage(parts, file)) || file.state === "ready") continue;
      await putBack(parts, file);
    }
    if (files.length < PAGE) return;
    last = files.at(-1)?.id ?? "";
  }
}

/** Ends the damage of a file. One that was never read to its end is read now. */
async function putBack(
  { database, clock }: CheckSizesParts,
  { id, sha256 }: { id: string; sha256?: string | null | undefined },
): Promise<void> {
  await database.fork().transactional(async (em) => {
    const state = sha256 ? "ready" : "checking";
    await em.nativeUpdate(FileEntity, { id, state: "damaged" }, { state });
    if (state === "checking") await enqueueJob({ em, clock }, { name: "check_file", key: id });
  });
}
