import type { ReactNode } from "react";
import { Link, useLocation } from "react-router-dom";
import { Message } from "../../components/message.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { pageAt } from "../pages.ts";
import { accountPath, nextOf, paths, wayBackStateOf } from "../paths.ts";
import classes from "./account-page.module.css";
import { SheetPage } from "./sheet-page.tsx";

interface AccountPageProps {
  title: string;
  children: ReactNode;
  /** What else one may want, under the sheet. */
  below: ReactNode;
}

/** What log-in and sign-up have in common: why one is here, and where one goes next. */
export function AccountPage({ title, children, below }: AccountPageProps) {
  return (
    <SheetPage title={title} above={<WhyHere />} below={below}>
      {children}
    </SheetPage>
  );
}

interface OtherPageProps {
  question: string;
  text: string;
  page: typeof paths.logIn | typeof paths.signUp;
}

/** The way from one to the other; the way back goes along. */
export function OtherPage({ question, text, page }: OtherPageProps) {
  const { search, state } = useLocation();
  return (
    <p>
      {question}{" "}
      <Link to={accountPath(page, nextOf(search))} state={state}>
        {text}
      </Link>
    </p>
  );
}

function WhyHere() {
  const { search, state } = useLocation();
  const session = useSession();
  const next = nextOf(search);
  const page = next === paths.home ? null : pageAt(next);
  const hasEnded = wayBackStateOf(state)?.reason === "expired" || (session.data?.user === null && session.data.ended);
  const isNeeded = page?.access === "user";
  if (!hasEnded && !isNeeded) return null;
  return (
    <Message>
      <p>{hasEnded ? "Your session ended. Log in again to go on." : "You need to log in to see that page"}</p>
      {page?.name && (
        <p className={classes.next}>
          You’ll go back to <em>{page.name}</em>
        </p>
      )}
    </Message>
  );
}
