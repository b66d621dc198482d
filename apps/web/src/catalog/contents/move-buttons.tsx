import { MoveDownIcon, MoveUpIcon } from "../../platform/ui/work-icons.tsx";
import { contentWords } from "../../words/contents.ts";
import classes from "./move-buttons.module.css";

const words = contentWords.move;

interface MoveButtonsProps {
  title: string;
  isFirst: boolean;
  isLast: boolean;
  /** Called with the number of places to move by: -1 or 1. */
  onMove: (by: number) => void;
}

/** Moves an item one place up or down. A button at the end of its way stays, so that the focus does too. */
export function MoveButtons({ title, isFirst, isLast, onMove }: MoveButtonsProps) {
  return (
    <span className={classes.buttons}>
      <button
        type="button"
        className={classes.button}
        aria-label={words.up(title)}
        aria-disabled={isFirst || undefined}
        onClick={() => !isFirst && onMove(-1)}
      >
        <MoveUpIcon />
      </button>
      <button
        type="button"
        className={classes.button}
        aria-label={words.down(title)}
        aria-disabled={isLast || undefined}
        onClick={() => !isLast && onMove(1)}
      >
        <MoveDownIcon />
      </button>
    </span>
  );
}
