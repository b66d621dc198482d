import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router-dom";
import { ShelfDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { EmptyState } from "../../components/states.tsx";
import { outboxQuery } from "../../features/outbox/api.ts";
import { MailTray } from "../../features/outbox/mail-tray.tsx";
import { ApiError } from "../../lib/call.ts";
import { paths } from "../paths.ts";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./outbox.module.css";

/** What the local demo would have sent, had it a mail server. */
export function OutboxPage() {
  const outbox = useInfiniteQuery(outboxQuery());
  const [params] = useSearchParams();
  if (outbox.error instanceof ApiError && outbox.error.code === "not_found") return <NotFoundPage />;
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>Mail tray</PageHeading>
        <p className={classes.lead}>
          This shop has no mail server, so its mails stay here, and their links work. Only this computer can see them.
        </p>
      </div>
      <MailTray
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
