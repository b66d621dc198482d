import { useInfiniteQuery } from "@tanstack/react-query";
import type { Person, User } from "@yumroad/contract";
import { LinkButton } from "../../components/button.tsx";
import { NothingFoundDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { Search } from "../../components/search.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { peopleQuery } from "../../features/operator/api.ts";
import { PeopleList } from "../../features/operator/people-list.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";

/** Everybody with an account. */
export function PeoplePage() {
  const user = useSession().data?.user;
  // The guard ensures a user; this narrows the type.
  return user ? <People user={user} /> : null;
}

function People({ user }: { user: User }) {
  const { keeper, notices } = useApp();
  const { q, search } = useSearchInAddress();
  const people = useInfiniteQuery(peopleQuery(q));
  function onDone(text: string, person: Person) {
    notices.show({ kind: "success", text });
    // One's own session may have ended as well.
    if (person.id === user.id) void keeper.recheck();
  }
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? "People" : `“${q}”`}>
          People
        </PageHeading>
        <Search label="Search by email" q={q} onSearch={search} asYouType />
      </div>
      <PeopleList
        result={people}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          <EmptyState
            drawing={<NothingFoundDrawing />}
            text={`Nobody found for “${q}”.`}
            action={<LinkButton to={paths.people}>Show everybody</LinkButton>}
          />
        }
        onDone={onDone}
      />
    </>
  );
}
