import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router-dom";
import { ApiError } from "../../platform/lib/call.ts";
import { outboxQuery } from "../../platform/mail/api.ts";
import { MailTray } from "../../platform/mail/mail-tray.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { MailDrawing } from "../../platform/ui/mail-drawing.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { EmptyState, ErrorState, Loading } from "../../platform/ui/states.tsx";
import { useFailure } from "../../platform/ui/use-failure.ts";
import { useSite } from "../../shop/api.ts";
import { mailTrayWords as words } from "../../words/mail-tray.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useTrayKey } from "../use-tray-key.ts";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./outbox.module.css";

/** The mails that the local demo would have sent with a mail server. */
export function OutboxPage() {
  const trayKey = useTrayKey();
  if (trayKey === null) return <LockedTray text={words.openLink} />;
  return <OpenTray key={trayKey} trayKey={trayKey} />;
}

function OpenTray({ trayKey }: { trayKey: string }) {
  const outbox = useInfiniteQuery(outboxQuery(trayKey));
  const [params] = useSearchParams();
  const { trayKey: keptKey } = useApp();
  const { isSuccess } = outbox;
  useEffect(() => {
    if (isSuccess) keptKey.keep(trayKey);
  }, [isSuccess, keptKey, trayKey]);
  if (outbox.error instanceof ApiError && outbox.error.code === "not_found") {
    return <LockedTray text={words.wrongKey} />;
  }
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>{words.title}</PageHeading>
        <p className={classes.lead}>{words.lead}</p>
      </div>
      <MailTray
        trayKey={trayKey}
        result={outbox}
        chosenId={params.get("mail")}
        linkTo={({ id }) => paths.outboxMail(id)}
        empty={<EmptyState drawing={<MailDrawing />} text={words.emptyText} action={<GoHome />} />}
      />
    </>
  );
}

/** Explains how to get the key. A shop without a mail tray does not have this page. */
function LockedTray({ text }: { text: string }) {
  const site = useSite();
  const failure = useFailure(site);
  if (site.data === undefined) {
    if (failure === null) return <Loading label={words.loading} />;
    const onRetry = () => void site.refetch();
    return <ErrorState isPage failure={failure} text={words.openFailed} onRetry={onRetry} />;
  }
  if (!site.data.hasMailTray) return <NotFoundPage />;
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>{words.title}</PageHeading>
      </div>
      <EmptyState
        drawing={<MailDrawing />}
        text={text}
        action={
          <>
            <p className={classes.hint}>
              <Rich text={words.whereKey} parts={{ code: (text) => <code>{text}</code> }} />
            </p>
            <GoHome />
          </>
        }
      />
    </>
  );
}

function GoHome() {
  return <LinkButton to={paths.home}>{words.home}</LinkButton>;
}
