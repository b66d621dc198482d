import { useInfiniteQuery } from "@tanstack/react-query";
import type { Person, User } from "@yumroad/contract";
import { peopleQuery } from "../../operator/people/api.ts";
import { PeopleList } from "../../operator/people/people-list.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Search } from "../../platform/ui/search.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { useSession } from "../../session/session-query.ts";
import { peopleWords } from "../../words/people.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";
import { WorkPage } from "./work-page.tsx";

const words = peopleWords.page;

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
    <WorkPage>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? words.title : `“${q}”`}>
          {words.title}
        </PageHeading>
        <Search label={words.search} q={q} onSearch={search} asYouType />
      </div>
      <PeopleList
        result={people}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          <EmptyState
            drawing={<NothingFoundDrawing />}
            text={words.notFound(q)}
            action={<LinkButton to={paths.people}>{words.showAll}</LinkButton>}
          />
        }
        onDone={onDone}
      />
    </WorkPage>
  );
}
