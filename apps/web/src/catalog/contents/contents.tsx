import { useQuery } from "@tanstack/react-query";
import type { Content, User } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { contentWords } from "../../words/contents.ts";
import { AddContent } from "./add-content.tsx";
import { contentsQuery, useRemoveContent } from "./api.ts";
import { ContentItem } from "./content-item.tsx";
import classes from "./contents.module.css";

const words = contentWords.section;

interface ContentsProps {
  user: User;
  /** The product's. */
  slug: string;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** The notes and links that buyers of a product get, for its seller to change. */
export function Contents({ user, slug, onDone }: ContentsProps) {
  const contents = useQuery(contentsQuery(slug));
  return (
    <Section title={words.title} hint={words.hint}>
      <QueryBoundary result={contents} what={words.title} isPart>
        {({ items }) => (
          <>
            <ContentList userId={user.id} slug={slug} contents={items} onDone={onDone} />
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
}

function ContentList({ contents, userId, slug, onDone }: ContentListProps) {
  const removeContent = useRemoveContent(slug);
  return (
    <>
      {contents.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <ol aria-label={words.title} className={classes.list}>
          {contents.map((content) => (
            <ContentItem
              key={content.id}
              userId={userId}
              slug={slug}
              content={content}
              isRemoving={removeContent.isPending && removeContent.variables.id === content.id}
              onRemove={() => removeContent.mutate(content, { onSuccess: () => onDone(words.removed(content.title)) })}
              onDone={onDone}
            />
          ))}
        </ol>
      )}
      <ActionProblem error={removeContent.error} text={words.removeFailed(removeContent.variables?.title ?? "")} />
    </>
  );
}
