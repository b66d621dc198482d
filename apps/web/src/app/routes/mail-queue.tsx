import { useInfiniteQuery } from "@tanstack/react-query";
import { MailState } from "@yumroad/contract";
import { Link, useSearchParams } from "react-router-dom";
import { mailQueueQuery } from "../../operator/mails/api.ts";
import { stateWords } from "../../operator/mails/mail-words.ts";
import { QueuedMailList } from "../../operator/mails/queued-mail-list.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { mailWords } from "../../words/mails.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import classes from "./mail-queue.module.css";

const words = mailWords.page;

/** The states to choose from. The others last a moment, or are the local demo's. */
const FILTERS = ["queued", "failing", "given_up", "sent"] as const satisfies MailState[];

/** The state of the shop's emails. */
export function MailQueuePage() {
  const { notices } = useApp();
  const state = useStateInAddress();
  const mails = useInfiniteQuery(mailQueueQuery(state));
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>{words.title}</PageHeading>
        <Button size="sm" isBusy={mails.isRefetching} onClick={() => void mails.refetch()}>
          {words.refresh}
        </Button>
      </div>
      <nav className={classes.filters} aria-label={words.filters}>
        <Filter to="" text={words.all} isCurrent={state === null} />
        {FILTERS.map((each) => (
          <Filter key={each} to={`?state=${each}`} text={stateWords(each)} isCurrent={state === each} />
        ))}
      </nav>
      <QueuedMailList
        result={mails}
        empty={<EmptyState drawing={<NothingFoundDrawing />} text={state === null ? words.empty : words.emptyState} />}
        onDone={(text) => notices.show({ kind: "success", text })}
      />
    </>
  );
}

/** The state that is asked for in the address (`?state=`); null: all. */
function useStateInAddress(): MailState | null {
  const [params] = useSearchParams();
  return MailState.safeParse(params.get("state")).data ?? null;
}

function Filter({ to, text, isCurrent }: { to: string; text: string; isCurrent: boolean }) {
  return (
    <Link
      to={`${paths.mailQueue}${to}`}
      replace
      className={classes.filter}
      aria-current={isCurrent ? "page" : undefined}
    >
      {text}
    </Link>
  );
}
