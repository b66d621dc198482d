import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { listWords as words } from "../../words/lists.ts";
import { ActionProblem } from "./action-problem.tsx";
import { Button } from "./button.tsx";
import classes from "./more.module.css";

interface MoreProps {
  result: UseInfiniteQueryResult<InfiniteData<unknown>>;
  /** Called before the next items are requested. */
  onMore: () => void;
  /** Requests the next items; by default the next page. */
  showMore?: () => void;
}

/** A button that loads the rest of a list page by page, reachable by keyboard. */
export function More({ result, onMore, showMore = () => void result.fetchNextPage() }: MoreProps) {
  if (!result.hasNextPage) return null;
  return (
    <div className={classes.more}>
      {result.isFetchNextPageError && <ActionProblem error={result.error} text={words.moreFailed} />}
      <Button
        isBusy={result.isFetchingNextPage}
        onClick={() => {
          onMore();
          showMore();
        }}
      >
        {result.isFetchNextPageError ? words.tryAgain : words.showMore}
      </Button>
    </div>
  );
}
