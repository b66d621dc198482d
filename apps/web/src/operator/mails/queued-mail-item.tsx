import type { QueuedMail } from "@yumroad/contract";
import { useRef } from "react";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { useRetryMail } from "./api.ts";
import { mailKindWords, stateWords } from "./mail-words.ts";

interface QueuedMailItemProps {
  mail: QueuedMail;
  onDone: (text: string) => void;
}

export function QueuedMailItem({ mail, onDone }: QueuedMailItemProps) {
  const { id, kind, to, state, error } = mail;
  const retryMail = useRetryMail(id);
  // Focusable, as the first of the newly loaded items, and because the button disappears once the email was sent.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  const canRetry = state === "failing" || state === "given_up";
  return (
    <li ref={item} tabIndex={-1} className={classes.item} {...focusEvents}>
      <div className={classes.words}>
        <p className={classes.name}>
          {mailKindWords(kind)}
          <Badge look={state === "sent" ? "good" : "plain"}>{stateWords(state)}</Badge>
        </p>
        <p className={classes.line}>
          To {to} · <Progress mail={mail} />
        </p>
        {error !== null && <p className={classes.line}>{error}</p>}
      </div>
      {canRetry && (
        <div className={classes.actions}>
          <Button
            size="sm"
            label={`Retry ${mailKindWords(kind)} to ${to}`}
            isBusy={retryMail.isPending}
            onClick={() => retryMail.mutate(undefined, { onSuccess: () => onDone("The email is being sent again") })}
          >
            Retry
          </Button>
        </div>
      )}
      <div className={classes.problems}>
        <ActionProblem error={retryMail.error} text="The email could not be retried" />
      </div>
    </li>
  );
}

/** When the email was made or sent, and how it went on since. */
function Progress({ mail: { state, attempts, createdAt, sentAt, nextAttemptAt } }: { mail: QueuedMail }) {
  if (sentAt !== null) {
    return (
      <>
        sent <Moment at={sentAt} />
      </>
    );
  }
  return (
    <>
      created <Moment at={createdAt} />
      {attempts > 0 && ` · ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
      {state === "failing" && nextAttemptAt !== null && (
        <>
          {" · next "}
          <Moment at={nextAttemptAt} />
        </>
      )}
    </>
  );
}
