import type { QueuedMail } from "@yumroad/contract";
import { useRef } from "react";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { mailWords } from "../../words/mails.ts";
import { useRetryMail } from "./api.ts";
import { mailKindWords, stateWords } from "./mail-words.ts";

const words = mailWords.list;

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
          {words.to(to)} · <Progress mail={mail} />
        </p>
        {error !== null && <p className={classes.line}>{error}</p>}
      </div>
      {canRetry && (
        <div className={classes.actions}>
          <Button
            size="sm"
            label={words.retryOne(mailKindWords(kind), to)}
            isBusy={retryMail.isPending}
            onClick={() => retryMail.mutate(undefined, { onSuccess: () => onDone(words.retried) })}
          >
            {words.retry}
          </Button>
        </div>
      )}
      <div className={classes.problems}>
        <ActionProblem error={retryMail.error} text={words.retryFailed} />
      </div>
    </li>
  );
}

/** When the email was made or sent, and how it went on since. */
function Progress({ mail: { state, attempts, createdAt, sentAt, nextAttemptAt } }: { mail: QueuedMail }) {
  if (sentAt !== null) return <Rich text={words.sentAt} parts={{ time: <Moment at={sentAt} /> }} />;
  return (
    <>
      <Rich text={words.createdAt} parts={{ time: <Moment at={createdAt} /> }} />
      {attempts > 0 && ` · ${words.attempts(attempts)}`}
      {state === "failing" && nextAttemptAt !== null && (
        <>
          {" · "}
          <Rich text={words.nextAt} parts={{ time: <Moment at={nextAttemptAt} /> }} />
        </>
      )}
    </>
  );
}
