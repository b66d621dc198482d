import { useRef, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import classes from "../../platform/ui/form.module.css";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { contentWords } from "../../words/contents.ts";
import { type FormPlace, keptDraft } from "./content-draft.ts";
import { ContentForm } from "./content-form.tsx";
import type { WrittenKind } from "./kinds.ts";
import { ADD_CONTENT_ID } from "./no-contents-hint.tsx";

const KINDS: readonly WrittenKind[] = ["note", "link"];

interface AddContentProps {
  userId: string;
  slug: string;
  onAdded: (title: string) => void;
}

/** The buttons that add a note or a link, or the form that one of them has opened. */
export function AddContent({ userId, slug, onAdded }: AddContentProps) {
  const placeOf = (kind: WrittenKind): FormPlace => ({ userId, slug, content: { id: null, kind } });
  const [open, setOpen] = useState(() => KINDS.find((kind) => keptDraft(placeOf(kind)) !== null) ?? null);
  // Focusable, because the buttons and the form replace each other.
  const box = useRef<HTMLDivElement>(null);
  const focusEvents = useFocusCaught(box);
  return (
    <div ref={box} id={ADD_CONTENT_ID} tabIndex={-1} {...focusEvents}>
      {open === null ? (
        <div className={classes.actions}>
          {KINDS.map((kind) => (
            <Button key={kind} onClick={() => setOpen(kind)}>
              {contentWords.kinds[kind].add}
            </Button>
          ))}
        </div>
      ) : (
        <ContentForm key={open} place={placeOf(open)} onSaved={onAdded} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}
