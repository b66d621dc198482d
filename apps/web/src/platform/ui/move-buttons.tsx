import { moveWords as words } from "../../words/move.ts";
import classes from "./move-buttons.module.css";
import { MoveDownIcon, MoveUpIcon } from "./work-icons.tsx";

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

/**
 * What moves the item at `index` of a list; null: it is the only one. `onMove` gets the ids in their new order, and the
 * item's new place, from 1 on.
 */
export function moveOf(
  ids: readonly string[],
  index: number,
  onMove: (ids: string[], place: number) => void,
): Omit<MoveButtonsProps, "title"> | null {
  if (ids.length < 2) return null;
  return {
    isFirst: index === 0,
    isLast: index === ids.length - 1,
    onMove: (by) => onMove(ids.toSpliced(index, 1).toSpliced(index + by, 0, ids[index] ?? ""), index + by + 1),
  };
}
