import { useInfiniteQuery } from "@tanstack/react-query";
import { MailState } from "@yumroad/contract";
import { useSearchParams } from "react-router-dom";
import { mailQueueQuery } from "../../operator/mails/api.ts";
import { stateWords } from "../../operator/mails/mail-words.ts";
import { QueuedMailList } from "../../operator/mails/queued-mail-list.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { Tabs } from "../../platform/ui/tabs.tsx";
import { mailWords } from "../../words/mails.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { WorkPage } from "./work-page.tsx";

const words = mailWords.page;

/** The states to choose from. The others last a moment, or are the local demo's. */
const FILTERS = ["queued", "failing", "given_up", "sent"] as const satisfies MailState[];

/** The state of the shop's emails. */
export function MailQueuePage() {
  const { notices } = useApp();
  const state = useStateInAddress();
  const mails = useInfiniteQuery(mailQueueQuery(state));
  return (
    <WorkPage>
      <PageHeader
        action={
          <Button size="sm" isBusy={mails.isRefetching} onClick={() => void mails.refetch()}>
            {words.refresh}
          </Button>
        }
      >
        <PageHeading>{words.title}</PageHeading>
      </PageHeader>
      <Tabs
        label={words.filters}
        tabs={[
          { to: paths.mailQueue, text: words.all, isCurrent: state === null },
          ...FILTERS.map((each) => ({
            to: `${paths.mailQueue}?state=${each}`,
            text: stateWords(each),
            isCurrent: state === each,
          })),
        ]}
      />
      <QueuedMailList
        result={mails}
        empty={<EmptyState drawing={<NothingFoundDrawing />} text={state === null ? words.empty : words.emptyState} />}
        onDone={(text) => notices.show({ kind: "success", text })}
      />
    </WorkPage>
  );
}

/** The state that is asked for in the address (`?state=`); null: all. */
function useStateInAddress(): MailState | null {
  const [params] = useSearchParams();
  return MailState.safeParse(params.get("state")).data ?? null;
}
