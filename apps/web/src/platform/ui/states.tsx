import { type ReactNode, useRef } from "react";
import { stateWords as words } from "../../words/states.ts";
import { useDelayed } from "../lib/delayed.ts";
import { explain } from "../lib/explain.ts";
import { useRestoreFocus } from "../lib/focus-heading.ts";
import { Button } from "./button.tsx";
import { PageHeading } from "./page-heading.tsx";
import classes from "./states.module.css";
import type { Failure } from "./use-failure.ts";

interface EmptyStateProps {
  drawing: ReactNode;
  text: string;
  action?: ReactNode;
}

/** An empty list: a drawing, a sentence, an action. */
export function EmptyState({ drawing, text, action }: EmptyStateProps) {
  return (
    <div className={classes.panel}>
      <div className={classes.drawing}>{drawing}</div>
      <p className={classes.text}>{text}</p>
      {action}
    </div>
  );
}

interface ErrorStateProps {
  failure: Failure;
  /** The failure in words: "The products could not be loaded". */
  text: string;
  /** The only content of the page: the text becomes its heading. */
  isPage?: boolean;
  onRetry: () => void;
}

/** A failure with its reason and a retry button. */
export function ErrorState({ failure, text, isPage = false, onRetry }: ErrorStateProps) {
  const panel = useRef<HTMLDivElement>(null);
  useRestoreFocus(panel);
  return (
    <div ref={panel} className={classes.panel} role="alert">
      {isPage ? <PageHeading className={classes.title}>{text}</PageHeading> : <p className={classes.text}>{text}</p>}
      <p className={classes.detail}>{explain(failure.error)}</p>
      <Button isBusy={failure.isRetrying} onClick={onRetry}>
        {words.tryAgain}
      </Button>
    </div>
  );
}

interface LoadingProps {
  label: string;
  /** A placeholder for a small part of a page. */
  isPart?: boolean;
  children?: ReactNode;
}

/** A loading placeholder, shown only after a moment. */
export function Loading({ label, isPart = false, children }: LoadingProps) {
  const isLate = useDelayed(true);
  return (
    <div className={classes.loading} data-part={isPart || undefined} aria-busy="true">
      {isLate && (
        <>
          <span role="status" className="visually-hidden">
            {label}
          </span>
          <div aria-hidden="true">{children ?? <LinesSkeleton isPart={isPart} />}</div>
        </>
      )}
    </div>
  );
}

function LinesSkeleton({ isPart }: { isPart: boolean }) {
  return (
    <div className={classes.lines}>
      {!isPart && <div className={classes.skeleton} data-size="title" />}
      <div className={classes.skeleton} />
      <div className={classes.skeleton} />
      <div className={classes.skeleton} data-size="short" />
    </div>
  );
}

export function Skeleton({ ratio }: { ratio: string }) {
  return <div className={classes.skeleton} style={{ height: "auto", aspectRatio: ratio }} />;
}
