import type { Content, ContentFile } from "@yumroad/contract";
import { type ComponentProps, useRef, useState } from "react";
import { formatBytes } from "../../platform/lib/format.ts";
import row from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { MoveButtons } from "../../platform/ui/move-buttons.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { contentWords } from "../../words/contents.ts";
import { FileButton } from "../uploads/file-button.tsx";
import { keptDraft } from "./content-draft.ts";
import { ContentForm } from "./content-form.tsx";
import classes from "./contents.module.css";

interface ContentItemProps {
  userId: string;
  slug: string;
  content: Content;
  /** Where the item can be moved; null: it is the only one. */
  move: Omit<ComponentProps<typeof MoveButtons>, "title"> | null;
  isRemoving: boolean;
  onRemove: () => void;
  onDone: (text: string) => void;
  /** Called with the file that is to replace this one. */
  onReplaced: (content: Content, file: File) => void;
}

/** A note, a link or a file, or its form. */
export function ContentItem({ userId, slug, content, move, onDone, onReplaced, ...removal }: ContentItemProps) {
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
            {content.kind === "file" && (
              <ReplaceButton title={content.title} onFile={(file) => onReplaced(content, file)} />
            )}
            {move !== null && <MoveButtons title={content.title} {...move} />}
            <RemoveButton title={content.title} {...removal} />
          </div>
        </>
      )}
    </li>
  );
}

function ContentWords({ content: { kind, title, body, file } }: { content: Content }) {
  return (
    <div className={row.words}>
      <p className={row.name}>
        {title}
        <Badge>{contentWords.kinds[kind].name}</Badge>
      </p>
      {file !== null && <FileWords file={file} />}
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

function FileWords({ file: { name, size, state, version } }: { file: ContentFile }) {
  const { versionOf, states } = contentWords.file;
  const line = [name, formatBytes(size), ...(version > 1 ? [versionOf(version)] : [])].join(" · ");
  return (
    <>
      <p className={row.line} dir="auto">
        {line}
      </p>
      {state !== "ready" && <p className={row.line}>{states[state]}</p>}
    </>
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

function ReplaceButton({ title, onFile }: { title: string; onFile: (file: File) => void }) {
  const { replace, replaceOne } = contentWords.file;
  return (
    <FileButton label={replaceOne(title)} onFiles={([file]) => file && onFile(file)}>
      {replace}
    </FileButton>
  );
}
