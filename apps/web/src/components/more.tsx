import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { ActionProblem } from "./action-problem.tsx";
import { Button } from "./button.tsx";
import classes from "./more.module.css";

interface MoreProps {
  result: UseInfiniteQueryResult<InfiniteData<unknown>>;
  /** Called before they are asked for. */
  onMore: () => void;
}

/** The rest of a list, a page at a time, by a button that a keyboard reaches. */
export function More({ result, onMore }: MoreProps) {
  if (!result.hasNextPage) return null;
  return (
    <div className={classes.more}>
      {result.isFetchNextPageError && <ActionProblem error={result.error} text="The next ones could not be loaded" />}
      <Button
        isBusy={result.isFetchingNextPage}
        onClick={() => {
          onMore();
          void result.fetchNextPage();
        }}
      >
        {result.isFetchNextPageError ? "Try again" : "Show more"}
      </Button>
    </div>
  );
}
