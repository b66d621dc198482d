import { useQuery } from "@tanstack/react-query";
import type { OutboxMailInFull } from "@yumroad/contract";
import { useEffect, useRef } from "react";
import { Rich } from "../../platform/ui/rich.tsx";
import { mailTrayWords } from "../../words/mail-tray.ts";
import { formatMoment } from "../lib/format.ts";
import { ErrorState, Loading } from "../ui/states.tsx";
import { useFailure } from "../ui/use-failure.ts";
import { outboxMailQuery } from "./api.ts";
import classes from "./mail-view.module.css";

const words = mailTrayWords.mail;

interface MailViewProps {
  trayKey: string;
  id: string;
  /** The mail was just chosen, so its heading takes the focus. */
  isAnswer: boolean;
}

/** A mail as its reader sees it. Its links navigate the whole window. */
export function MailView({ trayKey, id, isAnswer }: MailViewProps) {
  const mail = useQuery(outboxMailQuery(trayKey, id));
  const failure = useFailure(mail, id);
  if (mail.data !== undefined) return <Mail mail={mail.data} isAnswer={isAnswer} />;
  if (failure !== null) {
    return <ErrorState failure={failure} text={words.loadFailed} onRetry={() => void mail.refetch()} />;
  }
  return <Loading label={words.loading} />;
}

function Mail({ mail, isAnswer }: { mail: OutboxMailInFull; isAnswer: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isAnswer) heading.current?.focus();
  }, [isAnswer]);
  return (
    <article className={classes.mail} aria-labelledby="mail">
      <h2 id="mail" ref={heading} tabIndex={-1} className={classes.subject}>
        {mail.subject}
      </h2>
      <p className={classes.facts}>
        <Rich text={words.to} parts={{ to: mail.to, at: <time dateTime={mail.at}>{formatMoment(mail.at)}</time> }} />
      </p>
      <iframe
        className={classes.page}
        title={words.frame(mail.subject)}
        src={mail.pageUrl}
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      />
      <details>
        <summary className={classes.summary}>{words.plainText}</summary>
        <pre className={classes.text}>{mail.text}</pre>
      </details>
    </article>
  );
}
