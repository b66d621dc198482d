import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import classes from "../../platform/ui/card-list.module.css";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { mailWords } from "../../words/mails.ts";
import type { QueuedMailPage } from "./api.ts";
import { QueuedMailItem } from "./queued-mail-item.tsx";

const words = mailWords.list;

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
    <PagedList result={result} count={mails.length} noun={[words.one, words.many]} focusable="li" empty={empty}>
      <ul aria-label={words.label} className={classes.list}>
        {mails.map((mail) => (
          <QueuedMailItem key={mail.id} mail={mail} onDone={onDone} />
        ))}
      </ul>
    </PagedList>
  );
}
