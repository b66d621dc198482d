import { useQuery } from "@tanstack/react-query";
import type { Content, User } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { moveOf } from "../../platform/ui/move-buttons.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { contentWords } from "../../words/contents.ts";
import type { UploadQueue } from "../uploads/upload-queue.ts";
import { Uploads } from "../uploads/uploads.tsx";
import { useUploads } from "../uploads/use-uploads.ts";
import { AddContent } from "./add-content.tsx";
import { contentsQuery, useRemoveContent, useReorderContents } from "./api.ts";
import { ContentItem } from "./content-item.tsx";
import classes from "./contents.module.css";

const words = contentWords.section;

interface ContentsProps {
  user: User;
  /** The product's. */
  slug: string;
  /** The uploads of this tab. They go on while other pages are open. */
  queue: UploadQueue;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** The notes, links and files that buyers of a product get, for its seller to change. */
export function Contents({ user, slug, queue, onDone }: ContentsProps) {
  const contents = useQuery(contentsQuery(slug));
  const uploads = useUploads(queue, { userId: user.id, slug });
  return (
    <Section title={words.title} hint={words.hint}>
      <QueryBoundary result={contents} what={words.title} isPart>
        {({ items }) => (
          <>
            <ContentList
              {...{ userId: user.id, slug, contents: items, onDone }}
              onReplaced={({ id }, file) => queue.add({ userId: user.id, slug, file, contentId: id })}
            />
            <Uploads userId={user.id} slug={slug} queue={queue} uploads={uploads} />
            <AddContent userId={user.id} slug={slug} onAdded={(title) => onDone(words.added(title))} />
          </>
        )}
      </QueryBoundary>
    </Section>
  );
}

interface ContentListProps {
  userId: string;
  slug: string;
  contents: readonly Content[];
  onDone: (text: string) => void;
  onReplaced: (content: Content, file: File) => void;
}

function ContentList({ contents, userId, slug, onDone, onReplaced }: ContentListProps) {
  const removeContent = useRemoveContent(slug);
  const reorder = useReorderContents(slug);
  const ids = contents.map(({ id }) => id);
  const reorderTo = (title: string) => (wanted: string[], place: number) =>
    reorder.mutate(wanted, { onSuccess: () => onDone(contentWords.move.moved(title, place, wanted.length)) });
  return (
    <>
      {contents.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <ol aria-label={words.title} className={classes.list}>
          {contents.map((content, index) => (
            <ContentItem
              key={content.id}
              userId={userId}
              slug={slug}
              content={content}
              move={moveOf(ids, index, reorderTo(content.title))}
              isRemoving={removeContent.isPending && removeContent.variables.id === content.id}
              onRemove={() => removeContent.mutate(content, { onSuccess: () => onDone(words.removed(content.title)) })}
              onDone={onDone}
              onReplaced={onReplaced}
            />
          ))}
        </ol>
      )}
      <ActionProblem error={reorder.error} text={contentWords.move.failed} />
      <ActionProblem error={removeContent.error} text={words.removeFailed(removeContent.variables?.title ?? "")} />
    </>
  );
}
