import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Person, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { More } from "../../components/more.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
import { useFirstNew } from "../../components/use-first-new.ts";
import type { PeoplePage } from "./api.ts";
import classes from "./people-list.module.css";
import { PersonItem } from "./person-item.tsx";

interface PeopleListProps {
  result: UseInfiniteQueryResult<InfiniteData<PeoplePage>>;
  storeLinkTo: (store: StoreRef) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Called with the text of a success, and the person that it is about. */
  onDone: (text: string, person: Person) => void;
}

/** A list of people in all its states: loading, failed, empty, complete, partly loaded. */
export function PeopleList({ result, storeLinkTo, empty, onDone }: PeopleListProps) {
  const people = result.data?.pages.flatMap((page) => page.items) ?? [];
  const { list, goToNext } = useFirstNew<HTMLUListElement>(people.length, "li");
  const isEmpty = people.length === 0;
  // An empty result of the previous search says nothing about this one.
  const isThere = result.data !== undefined && !(result.isPlaceholderData && isEmpty);
  const failure = useFailure({ ...result, data: isThere ? result.data : undefined });
  return (
    <div aria-busy={(isThere && result.isPlaceholderData) || undefined} className={classes.people}>
      {/* Always rendered, because a live region announces only changes. */}
      <div role="status">
        {isThere && isEmpty && empty}
        {!isEmpty && <p className={classes.count}>{countWords(people.length, result.hasNextPage)}</p>}
      </div>
      {!isThere &&
        (failure === null ? (
          <Loading label="Loading people" />
        ) : (
          <ErrorState failure={failure} text="The people could not be loaded" onRetry={() => void result.refetch()} />
        ))}
      {!isEmpty && (
        <ul ref={list} aria-label="People" className={classes.list}>
          {people.map((person) => (
            <PersonItem key={person.id} person={person} storeLinkTo={storeLinkTo} onDone={onDone} />
          ))}
        </ul>
      )}
      {!isEmpty && <More result={result} onMore={goToNext} />}
    </div>
  );
}

function countWords(count: number, hasMore: boolean): string {
  if (hasMore) return `Showing ${count} people`;
  return count === 1 ? "1 person" : `${count} people`;
}
