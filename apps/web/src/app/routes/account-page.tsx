import type { ReactNode } from "react";
import { Link, useLocation } from "react-router-dom";
import { Message } from "../../platform/ui/message.tsx";
import { useSession } from "../../session/session-query.ts";
import { accountPageWords as words } from "../../words/account-page.ts";
import { needsLogIn, type Page, type PageName, pageAt, pages } from "../pages.ts";
import { accountPath, nextOf, paths, wayBackStateOf } from "../paths.ts";
import classes from "./account-page.module.css";
import { CardLayout } from "./card-layout.tsx";

interface AccountPageProps {
  title: string;
  isAnswer?: boolean;
  children: ReactNode;
  /** Alternatives, below the card. */
  below: ReactNode;
}

/** The common parts of login and signup: the reason for the redirect, and the link to the target. */
export function AccountPage({ title, isAnswer = false, children, below }: AccountPageProps) {
  return (
    <div className={classes.split}>
      <CardLayout title={title} isAnswer={isAnswer} above={<WhyHere />} below={below}>
        {children}
      </CardLayout>
      <div className={classes.art} aria-hidden="true" />
    </div>
  );
}

interface OtherPageProps {
  question?: string;
  text: string;
  page: Parameters<typeof accountPath>[0];
}

/** A link between these pages that passes on the way back. */
export function OtherPage({ question, text, page }: OtherPageProps) {
  const { search, state } = useLocation();
  return (
    <p>
      {question && `${question} `}
      <Link to={accountPath(page, nextOf(search))} state={wayBackStateOf(state)}>
        {text}
      </Link>
    </p>
  );
}

function WhyHere() {
  const { search, state, pathname } = useLocation();
  const session = useSession();
  const next = nextOf(search);
  const page = next === paths.home ? null : pageAt(next);
  const reason = wayBackStateOf(state)?.reason ?? null;
  const hasEnded = reason === "expired" || (session.data?.user === null && session.data.ended);
  const isNeeded = page !== null && needsLogIn(page);
  // A visitor who follows "Start selling" to the signup page was not refused anything.
  const wasSent = hasEnded || reason === "required" || pathname !== paths.signUp;
  const why = whyWords({ isPasswordChanged: reason === "password-changed", hasEnded, isNeeded });
  if (why === null) return null;
  const onward = page && onwardWords(page, wasSent);
  return (
    <Message>
      {(wasSent || why !== words.needed) && <p>{why}</p>}
      {onward !== null && <p className={classes.next}>{onward}</p>}
    </Message>
  );
}

function whyWords(why: { isPasswordChanged: boolean; hasEnded: boolean; isNeeded: boolean }): string | null {
  if (why.isPasswordChanged) return words.passwordChanged;
  if (why.hasEnded) return words.ended;
  return why.isNeeded ? words.needed : null;
}

/** The page that follows, for pages that have a name. */
function onwardWords(page: Page, wasSent: boolean): string | null {
  const key = (Object.keys(pages) as PageName[]).find((candidate) => pages[candidate] === page);
  const pageNames: Partial<Record<PageName, string>> = words.pageNames;
  const name = key && pageNames[key];
  if (name === undefined) return null;
  if (wasSent) return words.back(name);
  return key === "newProduct" ? words.nextIsProduct : words.next(name);
}
