import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../platform/db/database.ts";
import { enqueueJob } from "../../platform/jobs/enqueue-job.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { FileEntity } from "../files/file.entity.ts";
import { ProductEntity } from "../products/product.entity.ts";
import { nextPosition } from "./add-content.ts";
import { ContentEntity } from "./content.entity.ts";
import { ContentVersionEntity } from "./content-version.entity.ts";

interface AddFileInput {
  productId: string;
  file: { id: string; name: string };
  /** The content of which the file is a new version; null: it is a content of its own. */
  contentId: string | null;
}

/**
 * Adds a stored file to a product: as the next version of a content, or as a new content at the end, also if the content
 * is gone. It is checked next. False: the product has as many contents as it may have. Call this in a transaction.
 */
export async function addFile(
  { em, clock }: { em: EntityManager; clock: Clock },
  { productId, file, contentId }: AddFileInput,
): Promise<boolean> {
  const now = new Date(clock.now());
  const position = await nextPosition(em, productId);
  const known = contentId && (await em.findOne(ContentEntity, { id: contentId, product: productId, kind: "file" }));
  if (!known && position === null) return false;
  const content = known ? known.id : uuid();
  if (!known) {
    await em.insert(ContentEntity, {
      id: content,
      product: em.getReference(ProductEntity, productId),
      kind: "file",
      title: titleOf(file.name),
      body: "",
      position: position ?? 1,
      createdAt: now,
      updatedAt: now,
    });
  }
  const newest = await em.findOne(ContentVersionEntity, { content }, { orderBy: { version: "desc" } });
  await em.insert(ContentVersionEntity, {
    id: uuid(),
    content: em.getReference(ContentEntity, content),
    version: (newest?.version ?? 0) + 1,
    file: em.getReference(FileEntity, file.id),
    createdAt: now,
  });
  await enqueueJob({ em, clock }, { name: "check_file", key: file.id });
  return true;
}

/** Longest title of a content, in characters. */
const TITLE_MAX = 120;

/** The name without its ending, as a first title that the seller can change. */
function titleOf(name: string): string {
  const stem = name
    .replace(/(?<=.)\.[^.\s]{1,20}$/u, "")
    .replaceAll("_", " ")
    .trim();
  return [...(stem === "" ? name : stem)].slice(0, TITLE_MAX).join("");
}
