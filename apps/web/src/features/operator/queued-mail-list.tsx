import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PagedList } from "../../components/paged-list.tsx";
import type { QueuedMailPage } from "./mail-queue-query.ts";
import classes from "./people-list.module.css";
import { QueuedMailItem } from "./queued-mail-item.tsx";

interface QueuedMailListProps {
  result: UseInfiniteQueryResult<InfiniteData<QueuedMailPage>>;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

export function QueuedMailList({ result, empty, onDone }: QueuedMailListProps) {
  const mails = result.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagedList result={result} count={mails.length} noun={["email", "emails"]} focusable="li" empty={empty}>
      <ul aria-label="Emails" className={classes.list}>
        {mails.map((mail) => (
          <QueuedMailItem key={mail.id} mail={mail} onDone={onDone} />
        ))}
      </ul>
    </PagedList>
  );
}
