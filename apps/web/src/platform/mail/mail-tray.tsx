import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { OutboxMail } from "@yumroad/contract";
import { type ReactNode, useState } from "react";
import { mailTrayWords as words } from "../../words/mail-tray.ts";
import { More } from "../ui/more.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { useFailure } from "../ui/use-failure.ts";
import { useFirstNew } from "../ui/use-first-new.ts";
import { MailList } from "./mail-list.tsx";
import classes from "./mail-tray.module.css";
import { MailView } from "./mail-view.tsx";

interface MailPage {
  items: OutboxMail[];
  nextCursor: string | null;
}

interface MailTrayProps {
  trayKey: string;
  result: UseInfiniteQueryResult<InfiniteData<MailPage>>;
  /** The mail to show; null for the newest. */
  chosenId: string | null;
  linkTo: (mail: OutboxMail) => string;
  /** Shown when there is no mail. */
  empty: ReactNode;
}

/** The mail list beside the chosen mail, in all states. */
export function MailTray({ trayKey, result, chosenId, linkTo, empty }: MailTrayProps) {
  const mails = result.data?.pages.flatMap((page) => page.items) ?? [];
  const { list, goToNext } = useFirstNew<HTMLDivElement>(mails.length, "li a");
  const [openedId] = useState(chosenId);
  const failure = useFailure(result);
  if (result.data === undefined) {
    if (failure !== null) {
      const onRetry = () => void result.refetch();
      return <ErrorState failure={failure} text={words.loadFailed} onRetry={onRetry} />;
    }
    return <Loading label={words.loadingMails} />;
  }
  const shownId = chosenId ?? mails[0]?.id;
  if (shownId === undefined) return empty;
  return (
    <div className={classes.tray}>
      <div ref={list} className={classes.list}>
        <MailList mails={mails} chosenId={shownId} linkTo={linkTo} />
        <More result={result} onMore={goToNext} />
      </div>
      <MailView key={shownId} trayKey={trayKey} id={shownId} isAnswer={chosenId !== openedId} />
    </div>
  );
}
