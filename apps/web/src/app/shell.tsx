import { isSafeNext } from "@yumroad/contract";
import { lazy, Suspense } from "react";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate } from "react-router-dom";
import { LinkButton } from "../components/button.tsx";
import { Mark, SearchIcon } from "../components/icons.tsx";
import { Search } from "../components/search.tsx";
import { useSession } from "../features/accounts/api.ts";
import { useMaySell, useSite } from "../features/site/api.ts";
import { AccountNotice } from "./account-notice.tsx";
import { useApp } from "./app-context.ts";
import { IdentityGuard } from "./identity-guard.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { NoticeArea } from "./notice-area.tsx";
import { accountPath, nextOf, paths, wayBackStateOf } from "./paths.ts";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { SessionWarning } from "./session-warning.tsx";
import classes from "./shell.module.css";

// Heavy and only for logged-in users; others never load it.
const AccountMenu = lazy(async () => ({
  default: (await import("../features/accounts/account-menu.tsx")).AccountMenu,
}));

/** The frame around every page. */
export function Shell() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToMain}>
        Skip to the content
      </button>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to={paths.home} className={classes.name}>
            <Mark />
            Yumroad
          </Link>
          <div className={classes.search}>
            {pathname !== paths.products && (
              <Search
                key={pathname}
                label="Search products"
                q=""
                onSearch={(q) =>
                  void navigate({ pathname: paths.products, search: q && `?${new URLSearchParams({ q })}` })
                }
              />
            )}
          </div>
          <nav className={classes.nav} aria-label="Main">
            <Link to={paths.products} className={classes.browse}>
              <SearchIcon />
              <span>Browse</span>
            </Link>
            <Account />
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <AccountNotice onGone={skipToMain} />
        <NoticeArea />
        <Outlet />
      </main>
      <footer className={classes.footer}>
        <div className={classes.footerBar}>
          <p>Yumroad, a store for digital products that you host yourself.</p>
          <MailTrayLink />
          <SchemeSwitch />
        </div>
      </footer>
      <ScrollRestoration />
      <LeaveGuard />
      <IdentityGuard />
      <SessionWarning />
    </div>
  );
}

// Not a link, because the page uses the fragment of the address, and it is part of the way back.
function skipToMain() {
  document.getElementById("main")?.focus();
}

/** Shown only if there is a mail tray: in the local demo without a mail server. */
function MailTrayLink() {
  const site = useSite();
  return site.data?.hasMailTray ? <Link to={paths.outbox}>Mail tray</Link> : null;
}

function Account() {
  const session = useSession();
  const site = useSite();
  const { keeper } = useApp();
  const location = useLocation();
  const isCustomer = useMaySell(session.data?.user ?? null) === false;
  if (session.isPending) return <div className={classes.unknown} />;
  if (session.data?.user) {
    const { store, isOperator } = session.data.user;
    return (
      <Suspense fallback={<div className={classes.unknown} />}>
        <AccountMenu
          user={session.data.user}
          links={[
            { to: paths.dashboard, text: "Dashboard" },
            ...(store === null ? [] : [{ to: paths.store(store.handle), text: "Your store" }]),
            ...(isCustomer
              ? []
              : [
                  { to: paths.ownProducts, text: "Your products" },
                  { to: paths.newProduct, text: "New product" },
                ]),
            ...(isOperator ? [{ to: paths.people, text: "People" }] : []),
            ...(isOperator ? [{ to: paths.stores, text: "Stores" }] : []),
            { to: paths.profile, text: "Settings" },
          ]}
          onLogOut={() => void keeper.logOut()}
        />
      </Suspense>
    );
  }
  // Otherwise a closed shop would offer to sign up for a moment.
  if (site.isPending) return <div className={classes.unknown} />;
  // On an account page the address already has the way back and the state its owner: both are passed on (R24).
  const isAccountPage = !isSafeNext(location.pathname);
  const next = isAccountPage ? nextOf(location.search) : `${location.pathname}${location.search}${location.hash}`;
  // The rest of the state is dropped, because on some of these pages it holds a token.
  const state = isAccountPage ? wayBackStateOf(location.state) : null;
  return (
    <>
      <Link to={accountPath(paths.logIn, next)} state={state} className={classes.logIn}>
        Log in
      </Link>
      {site.data?.signupMode !== "closed" && (
        <LinkButton
          to={accountPath(paths.signUp, next)}
          state={state}
          look="primary"
          size="sm"
          className={classes.signUp}
        >
          Sign up
        </LinkButton>
      )}
    </>
  );
}
