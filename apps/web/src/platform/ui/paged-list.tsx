import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { listWords as words } from "../../words/lists.ts";
import { More } from "./more.tsx";
import classes from "./paged-list.module.css";
import { ErrorState, Loading } from "./states.tsx";
import { useFailure } from "./use-failure.ts";
import { useFirstNew } from "./use-first-new.ts";

interface PagedListProps {
  result: UseInfiniteQueryResult<InfiniteData<unknown>>;
  /** The number of items shown. */
  count: number;
  /** The items in words: "product", "products". */
  noun: readonly [one: string, many: string];
  /** Finds the focusable element of each item, in order. */
  focusable: string;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Shown while the first page loads. */
  skeleton?: ReactNode;
  /** Shows the count, and a button that loads more. */
  withMore?: boolean;
  /** Requests the next items; by default the next page. */
  showMore?: () => void;
  /** The items. */
  children: ReactNode;
}

/** A list that is loaded page by page, in all its states: loading, failed, empty, complete, partly loaded. */
export function PagedList(props: PagedListProps) {
  const { result, count, noun, focusable, empty, skeleton, withMore = true, showMore, children } = props;
  const { list, goToNext } = useFirstNew<HTMLDivElement>(count, focusable);
  const isEmpty = count === 0;
  // An empty result of the previous search says nothing about this one.
  const isThere = result.data !== undefined && !(result.isPlaceholderData && isEmpty);
  const failure = useFailure({ ...result, data: isThere ? result.data : undefined });
  function retry() {
    goToNext();
    void result.refetch();
  }
  return (
    <div ref={list} aria-busy={(isThere && result.isPlaceholderData) || undefined} className={classes.list}>
      {/* Always rendered, because a live region announces only changes. */}
      <div role="status">
        {isThere && isEmpty && empty}
        {!isEmpty && withMore && <p className={classes.count}>{countWords(count, noun, result.hasNextPage)}</p>}
      </div>
      {!isThere && failure === null && <Loading label={words.loading(noun[1])}>{skeleton}</Loading>}
      {!isThere && failure !== null && <ErrorState failure={failure} text={words.failed(noun[1])} onRetry={retry} />}
      {!isEmpty && children}
      {!isEmpty && withMore && <More result={result} onMore={goToNext} {...(showMore && { showMore })} />}
    </div>
  );
}

function countWords(count: number, [one, many]: readonly [string, string], hasMore: boolean): string {
  if (hasMore) return words.showing(count, many);
  return words.count(count, count === 1 ? one : many);
}
