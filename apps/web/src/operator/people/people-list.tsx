import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Person, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import classes from "../../platform/ui/card-list.module.css";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { peopleWords } from "../../words/people.ts";
import type { PeoplePage } from "./api.ts";
import { PersonItem } from "./person-item.tsx";

const words = peopleWords.list;

interface PeopleListProps {
  result: UseInfiniteQueryResult<InfiniteData<PeoplePage>>;
  storeLinkTo: (store: StoreRef) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Called with the text of a success, and the person that it is about. */
  onDone: (text: string, person: Person) => void;
}

export function PeopleList({ result, storeLinkTo, empty, onDone }: PeopleListProps) {
  const people = result.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagedList result={result} count={people.length} noun={[words.one, words.many]} focusable="li" empty={empty}>
      <ul aria-label={words.label} className={classes.list}>
        {people.map((person) => (
          <PersonItem key={person.id} person={person} storeLinkTo={storeLinkTo} onDone={onDone} />
        ))}
      </ul>
    </PagedList>
  );
}
