import type { ReactNode } from "react";
import { Link, useLocation } from "react-router-dom";
import { Message } from "../../components/message.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { pageAt } from "../pages.ts";
import { accountPath, nextOf, paths, wayBackStateOf } from "../paths.ts";
import classes from "./account-page.module.css";

interface AccountPageProps {
  title: string;
  form: ReactNode;
  other: { question: string; text: string; page: typeof paths.logIn | typeof paths.signUp };
}

/** What log-in and sign-up have in common: why one is here, where one goes next, and the way to the other. */
export function AccountPage({ title, form, other }: AccountPageProps) {
  const { search, state } = useLocation();
  const next = nextOf(search);
  return (
    <div className={classes.page}>
      <PageHeading className={classes.title}>{title}</PageHeading>
      <WhyHere next={next} />
      <div className={classes.sheet}>{form}</div>
      <p className={classes.other}>
        {other.question}{" "}
        <Link to={accountPath(other.page, next)} state={state}>
          {other.text}
        </Link>
      </p>
    </div>
  );
}

function WhyHere({ next }: { next: string }) {
  const { state, pathname } = useLocation();
  const session = useSession();
  const page = next === paths.home ? null : pageAt(next);
  const reason = wayBackStateOf(state)?.reason;
  const hasEnded = reason === "expired" || (session.data?.user === null && session.data.ended);
  const isNeeded = page?.access === "user";
  // Whoever comes to sign up by "Start selling" has been refused nothing.
  const wasSent = hasEnded || reason === "required" || pathname !== paths.signUp;
  if (!hasEnded && !isNeeded) return null;
  return (
    <Message>
      {hasEnded && <p>Your session ended. Log in again to go on.</p>}
      {!hasEnded && wasSent && <p>You need to log in to see that page</p>}
      {page?.name && (
        <p className={classes.next}>
          {wasSent ? "You’ll go back to" : "You’ll go on to"} <em>{page.name}</em>
        </p>
      )}
    </Message>
  );
}
