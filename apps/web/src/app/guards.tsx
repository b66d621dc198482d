import type { ComponentProps } from "react";
import { Outlet, useLocation } from "react-router-dom";
import { Redirect } from "../platform/ui/redirect.tsx";
import { ErrorState, Loading } from "../platform/ui/states.tsx";
import { useFailure } from "../platform/ui/use-failure.ts";
import { recallUser } from "../session/last-user.ts";
import { useSession } from "../session/session-query.ts";
import { appWords as words } from "../words/app.ts";
import { accountPath, destinationFor, paths, type WayBackState } from "./paths.ts";

/** Wraps every page for logged-in users: the only place that redirects to the login page. */
export function RequireUser() {
  const session = useSession();
  const { pathname, search, hash } = useLocation();
  if (session.data === undefined) return <Probing session={session} />;
  if (session.data.user !== null) return <Outlet key={session.data.user.id} />;

  const state: WayBackState = session.data.ended
    ? { reason: "expired", stashedFor: recallUser() }
    : { reason: "required", stashedFor: null };
  return <RedirectWithLoader to={accountPath(paths.logIn, `${pathname}${search}${hash}`)} state={state} />;
}

/** Wraps login and signup: redirects a logged-in user, from before or just now, to the page they wanted. */
export function RequireAnonymous() {
  const session = useSession();
  const location = useLocation();
  if (session.data === undefined) return <Probing session={session} />;
  if (session.data.user === null) return <Outlet />;
  return <RedirectWithLoader to={destinationFor(session.data.user.id, location)} />;
}

/** A redirect with a loading state, because the target page may have to be loaded first. */
export function RedirectWithLoader(way: ComponentProps<typeof Redirect>) {
  return (
    <>
      <Loading label={words.loading} />
      <Redirect {...way} />
    </>
  );
}

/** The session is unknown, so neither the page nor the login form may show (R29, R30). */
export function Probing({ session }: { session: ReturnType<typeof useSession> }) {
  const failure = useFailure(session);
  if (failure !== null) {
    return <ErrorState isPage failure={failure} text={words.sessionUnknown} onRetry={() => void session.refetch()} />;
  }
  return <Loading label={words.loading} />;
}
