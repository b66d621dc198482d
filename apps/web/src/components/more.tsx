import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { ActionProblem } from "./action-problem.tsx";
import { Button } from "./button.tsx";
import classes from "./more.module.css";

interface MoreProps {
  result: UseInfiniteQueryResult<InfiniteData<unknown>>;
  /** Called before they are asked for. */
  onMore: () => void;
  /** Asks for them; the next page, unless told otherwise. */
  showMore?: () => void;
}

/** The rest of a list, a page at a time, by a button that a keyboard reaches. */
export function More({ result, onMore, showMore = () => void result.fetchNextPage() }: MoreProps) {
  if (!result.hasNextPage) return null;
  return (
    <div className={classes.more}>
      {result.isFetchNextPageError && <ActionProblem error={result.error} text="The next ones could not be loaded" />}
      <Button
        isBusy={result.isFetchingNextPage}
        onClick={() => {
          onMore();
          showMore();
        }}
      >
        {result.isFetchNextPageError ? "Try again" : "Show more"}
      </Button>
    </div>
  );
}
