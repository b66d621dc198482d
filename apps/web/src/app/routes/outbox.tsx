import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router-dom";
import { ApiError } from "../../platform/lib/call.ts";
import { outboxQuery } from "../../platform/mail/api.ts";
import { MailTray } from "../../platform/mail/mail-tray.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState, ErrorState, Loading } from "../../platform/ui/states.tsx";
import { useFailure } from "../../platform/ui/use-failure.ts";
import { useSite } from "../../shop/api.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useTrayKey } from "../use-tray-key.ts";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./outbox.module.css";

/** The mails that the local demo would have sent with a mail server. */
export function OutboxPage() {
  const trayKey = useTrayKey();
  if (trayKey === null) return <LockedTray text="Open the link that the server printed when it started." />;
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
    return <LockedTray text="This key does not open the mail tray. Open the link that the server printed last." />;
  }
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>Mail tray</PageHeading>
        <p className={classes.lead}>
          This shop has no mail server, so its mails stay here, and their links work. Only the link that the server
          printed opens this page.
        </p>
      </div>
      <MailTray
        trayKey={trayKey}
        result={outbox}
        chosenId={params.get("mail")}
        linkTo={({ id }) => paths.outboxMail(id)}
        empty={
          <EmptyState drawing={<ShelfDrawing />} text="No mail yet. What the shop writes to people appears here." />
        }
      />
    </>
  );
}

/** Explains how to get the key. A shop without a mail tray does not have this page. */
function LockedTray({ text }: { text: string }) {
  const site = useSite();
  const failure = useFailure(site);
  if (site.data === undefined) {
    if (failure === null) return <Loading label="Loading" />;
    const onRetry = () => void site.refetch();
    return <ErrorState isPage failure={failure} text="The mail tray could not be opened" onRetry={onRetry} />;
  }
  if (!site.data.hasMailTray) return <NotFoundPage />;
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>Mail tray</PageHeading>
      </div>
      <EmptyState
        drawing={<ShelfDrawing />}
        text={text}
        action={
          <p className={classes.hint}>
            You find it in the terminal, on the computer that runs the shop. It ends in <code>/outbox#key=…</code>, and
            opens the mail tray in one tab.
          </p>
        }
      />
    </>
  );
}
