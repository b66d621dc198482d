import type { OutboxMail } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { formatMoment } from "../lib/format.ts";
import classes from "./mail-list.module.css";

interface MailListProps {
  mails: OutboxMail[];
  chosenId: string;
  linkTo: (mail: OutboxMail) => string;
}

/** The mails in the tray as links. */
export function MailList({ mails, chosenId, linkTo }: MailListProps) {
  return (
    <ul className={classes.list}>
      {mails.map((mail) => (
        <li key={mail.id}>
          <Link to={linkTo(mail)} className={classes.mail} aria-current={mail.id === chosenId ? "true" : undefined}>
            <span className={classes.subject}>{mail.subject}</span>
            <span className={classes.facts}>
              {mail.to} · <time dateTime={mail.at}>{formatMoment(mail.at)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
