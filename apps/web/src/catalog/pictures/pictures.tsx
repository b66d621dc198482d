import { useQuery } from "@tanstack/react-query";
import type { Picture, User } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { moveOf } from "../../platform/ui/move-buttons.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { pictureWords as words } from "../../words/pictures.ts";
import type { UploadQueue } from "../uploads/upload-queue.ts";
import { Uploads } from "../uploads/uploads.tsx";
import { useUploads } from "../uploads/use-uploads.ts";
import { picturesQuery, useRemovePicture, useReorderPictures } from "./api.ts";
import { PictureItem } from "./picture-item.tsx";
import classes from "./pictures.module.css";

interface PicturesProps {
  user: User;
  /** The product's. */
  slug: string;
  /** The uploads of this tab. */
  queue: UploadQueue;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** The pictures of a product, for its seller to add, describe and arrange. */
export function Pictures({ user, slug, queue, onDone }: PicturesProps) {
  const pictures = useQuery(picturesQuery(slug));
  const uploads = useUploads(queue, { userId: user.id, slug });
  return (
    <Section title={words.title} hint={words.hint}>
      <QueryBoundary result={pictures} what={words.title} isPart>
        {({ items }) => (
          <>
            {items.length > 0 && <PictureList slug={slug} pictures={items} onDone={onDone} />}
            <Uploads userId={user.id} slug={slug} queue={queue} uploads={uploads} isPicture />
          </>
        )}
      </QueryBoundary>
    </Section>
  );
}

interface PictureListProps {
  slug: string;
  pictures: readonly Picture[];
  onDone: (text: string) => void;
}

function PictureList({ slug, pictures, onDone }: PictureListProps) {
  const remove = useRemovePicture(slug);
  const reorder = useReorderPictures(slug);
  const ids = pictures.map(({ id }) => id);
  const reorderTo = (wanted: string[], place: number) =>
    reorder.mutate(wanted, { onSuccess: () => onDone(words.moved(place, wanted.length)) });
  return (
    <>
      <ol aria-label={words.title} className={classes.list}>
        {pictures.map((picture, index) => (
          <PictureItem
            key={picture.id}
            slug={slug}
            picture={picture}
            place={index + 1}
            move={moveOf(ids, index, reorderTo)}
            isRemoving={remove.isPending && remove.variables.id === picture.id}
            onRemove={() => remove.mutate(picture, { onSuccess: () => onDone(words.removed) })}
            onDone={onDone}
          />
        ))}
      </ol>
      <ActionProblem error={reorder.error} text={words.moveFailed} />
      <ActionProblem error={remove.error} text={words.removeFailed} />
    </>
  );
}
