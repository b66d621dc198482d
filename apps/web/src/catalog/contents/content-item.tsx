import type { Content } from "@yumroad/contract";
import { useRef, useState } from "react";
import row from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { contentWords } from "../../words/contents.ts";
import { keptDraft } from "./content-draft.ts";
import { ContentForm } from "./content-form.tsx";
import classes from "./contents.module.css";

interface ContentItemProps {
  userId: string;
  slug: string;
  content: Content;
  isRemoving: boolean;
  onRemove: () => void;
  onDone: (text: string) => void;
}

/** A note or a link, or its form. */
export function ContentItem({ userId, slug, content, onDone, ...removal }: ContentItemProps) {
  const place = { userId, slug, content };
  const [isEditing, setEditing] = useState(() => keptDraft(place) !== null);
  // Focusable, because the form and what it changes replace each other.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  return (
    <li ref={item} tabIndex={-1} className={classes.item} data-editing={isEditing || undefined} {...focusEvents}>
      {isEditing ? (
        <ContentForm
          place={place}
          onSaved={(title) => onDone(contentWords.section.saved(title))}
          onClose={() => setEditing(false)}
        />
      ) : (
        <>
          <ContentWords content={content} />
          <div className={row.actions}>
            <Button size="sm" label={contentWords.item.editOne(content.title)} onClick={() => setEditing(true)}>
              {contentWords.item.edit}
            </Button>
            <RemoveButton title={content.title} {...removal} />
          </div>
        </>
      )}
    </li>
  );
}

function ContentWords({ content: { kind, title, body } }: { content: Content }) {
  return (
    <div className={row.words}>
      <p className={row.name}>
        {title}
        <Badge>{contentWords.kinds[kind].name}</Badge>
      </p>
      {kind === "link" && (
        <p className={row.line}>
          {/* The contract takes only https addresses. */}
          <a href={body} target="_blank" rel="noopener noreferrer">
            {body}
          </a>
        </p>
      )}
    </div>
  );
}

interface RemoveButtonProps {
  title: string;
  isRemoving: boolean;
  onRemove: () => void;
}

function RemoveButton({ title, isRemoving, onRemove }: RemoveButtonProps) {
  const { ask, askOne, title: titleOf, text, confirm, cancel } = contentWords.remove;
  return (
    <ConfirmButton
      size="sm"
      text={ask}
      label={askOne(title)}
      isBusy={isRemoving}
      question={{ title: titleOf(title), text: <p>{text}</p>, confirm, cancel }}
      onConfirm={onRemove}
    />
  );
}
