import { type ReactNode, useRef } from "react";
import { useFocusHandedOn } from "../lib/arrival.ts";
import { useDelayed } from "../lib/delayed.ts";
import { explain } from "../lib/explain.ts";
import { Button } from "./button.tsx";
import { PageHeading } from "./page-heading.tsx";
import classes from "./states.module.css";
import type { Failure } from "./use-failure.ts";

interface EmptyStateProps {
  drawing: ReactNode;
  text: string;
  action?: ReactNode;
}

/** Nothing here yet: a drawing, one sentence, one thing to do. */
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
  /** What could not be done: "The products could not be loaded". */
  text: string;
  /** There is nothing else on the page: the text is its heading. */
  isPage?: boolean;
  onRetry: () => void;
}

/** It went wrong: what happened, and another try. */
export function ErrorState({ failure, text, isPage = false, onRetry }: ErrorStateProps) {
  const panel = useRef<HTMLDivElement>(null);
  useFocusHandedOn(panel);
  return (
    <div ref={panel} className={classes.panel} role="alert">
      {isPage ? <PageHeading className={classes.title}>{text}</PageHeading> : <p className={classes.text}>{text}</p>}
      <p className={classes.detail}>{explain(failure.error)}</p>
      <Button isBusy={failure.isRetrying} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

interface LoadingProps {
  label: string;
  /** It stands in for a part of a page, of a few lines. */
  isPart?: boolean;
  children?: ReactNode;
}

/** Shows what stands in for a page that is loading, but only if it takes longer than a moment. */
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
      {!isPart && <div className={classes.bone} data-size="title" />}
      <div className={classes.bone} />
      <div className={classes.bone} />
      <div className={classes.bone} data-size="short" />
    </div>
  );
}

export function Bone({ ratio }: { ratio: string }) {
  return <div className={classes.bone} style={{ height: "auto", aspectRatio: ratio }} />;
}
