import { useQuery } from "@tanstack/react-query";
import type { Upload } from "@yumroad/contract";
import { type DragEvent, useState } from "react";
import row from "../../platform/ui/action-item.module.css";
import { Button } from "../../platform/ui/button.tsx";
import { uploadWords as words } from "../../words/uploads.ts";
import { uploadsQuery, useCancelUpload } from "./api.ts";
import { FileButton } from "./file-button.tsx";
import { percentOf, UploadItem, UploadWords } from "./upload-item.tsx";
import type { QueuedUpload, UploadQueue } from "./upload-queue.ts";
import classes from "./uploads.module.css";

interface UploadsProps {
  /** True: the files become pictures of the product. */
  isPicture?: boolean;
  userId: string;
  /** The product's. */
  slug: string;
  queue: UploadQueue;
  uploads: readonly QueuedUpload[];
}

/** The place to add files to a product, and those on their way. */
export function Uploads({ userId, slug, queue, isPicture = false, ...props }: UploadsProps) {
  const uploads = props.uploads.filter((upload) => upload.isPicture === isPicture);
  const { data } = useQuery(uploadsQuery(slug));
  const begun = (data?.items ?? []).filter((upload) => upload.isPicture === isPicture);
  const isOnItsWay = ({ size, modified }: Upload) =>
    uploads.some((upload) => upload.size === size && upload.modified === modified);
  const unfinished = uploads.length === 0 ? begun : begun.filter((upload) => !isOnItsWay(upload));
  const cancel = useCancelUpload(slug);
  const add = (files: readonly File[]) => {
    for (const file of files) {
      const known = begun.find(({ size, modified }) => size === file.size && modified === file.lastModified);
      queue.add({
        ...{ userId, slug, file, isPicture },
        ...(known && { begunAs: known.id }),
        ...(known && known.contentId !== null && { contentId: known.contentId }),
      });
    }
  };
  return (
    <>
      {(uploads.length > 0 || unfinished.length > 0) && (
        <ul aria-label={isPicture ? words.pictureList : words.list} className={classes.list}>
          {uploads.map((upload) => (
            <UploadItem key={upload.key} upload={upload} queue={queue} />
          ))}
          {unfinished.map((upload) => (
            <UnfinishedItem key={upload.id} upload={upload} onChosen={add} onCancel={() => cancel.mutate(upload.id)} />
          ))}
        </ul>
      )}
      <DropArea isPicture={isPicture} onFiles={add} />
    </>
  );
}

interface UnfinishedItemProps {
  upload: Upload;
  onChosen: (files: readonly File[]) => void;
  onCancel: () => void;
}

/** An upload that was begun in another tab, or before this page was loaded: the browser has not got the file any more. */
function UnfinishedItem({ upload, onChosen, onCancel }: UnfinishedItemProps) {
  const { name, received, size } = upload;
  return (
    <li className={classes.upload}>
      <UploadWords upload={upload} line={words.unfinished.hint(percentOf(received, size))} />
      <div className={row.actions}>
        <FileButton label={words.unfinished.chooseOne(name)} onFiles={onChosen}>
          {words.unfinished.choose}
        </FileButton>
        <Button size="sm" label={words.cancelOne(name)} onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </li>
  );
}

const PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif,image/avif";

/** The button that chooses files, in an area on which files can be dropped. */
function DropArea({ isPicture, onFiles }: { isPicture: boolean; onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const add = isPicture ? words.addPictures : words.add;
  const takeOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // Dropping does what the button does by keyboard.
    <fieldset
      aria-label={add}
      className={classes.drop}
      data-over={isOver || undefined}
      onDragEnter={takeOver}
      onDragOver={takeOver}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <FileButton isMultiple {...(isPicture && { accept: PICTURE_TYPES })} onFiles={onFiles}>
        {add}
      </FileButton>
      <span className={classes.hint}>{words.drop}</span>
    </fieldset>
  );
}
