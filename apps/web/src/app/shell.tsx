import { isSafeNext } from "@yumroad/contract";
import { lazy, Suspense } from "react";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate } from "react-router-dom";
import { useShopName } from "../platform/lib/shop-name.ts";
import { LinkButton } from "../platform/ui/button.tsx";
import { Mark, SearchIcon } from "../platform/ui/icons.tsx";
import { Search } from "../platform/ui/search.tsx";
import { useSession } from "../session/session-query.ts";
import { useSite } from "../shop/api.ts";
import { appWords } from "../words/app.ts";
import { AccountNotice } from "./account-notice.tsx";
import { useApp } from "./app-context.ts";
import { Footer } from "./footer.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { NoticeArea } from "./notice-area.tsx";
import { pageAt, pages } from "./pages.ts";
import { accountPath, nextOf, paths, wayBackStateOf } from "./paths.ts";
import { ReauthGuard } from "./reauth-guard.tsx";
import classes from "./shell.module.css";

const words = appWords.shell;

// Heavy and only for logged-in users; others never load it.
const OwnMenu = lazy(async () => ({ default: (await import("./own-menu.tsx")).OwnMenu }));

// The session ends without a warning, if it can't be loaded.
const SessionWarning = lazy(() =>
  import("./session-warning.tsx").then(
    (module) => ({ default: module.SessionWarning }),
    () => ({ default: () => null }),
  ),
);

/** The frame around every page. */
export function Shell() {
  const { pathname } = useLocation();
  const user = useSession().data?.user;
  // Nothing leads away from the button that pays.
  const isCheckout = pageAt(pathname) === pages.checkout;
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToMain}>
        {words.skip}
      </button>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Home />
          {!isCheckout && <HeaderSearch key={pathname} isShown={pathname !== paths.browse} />}
          {(!isCheckout || user) && (
            <nav className={classes.nav} aria-label={words.navLabel}>
              {!isCheckout && (
                <>
                  <Link to={paths.browse} className={classes.browse}>
                    {words.browse}
                  </Link>
                  <Link to={paths.browse} className={classes.magnifier} aria-label={words.search}>
                    <SearchIcon />
                  </Link>
                </>
              )}
              <Account />
            </nav>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <AccountNotice onGone={skipToMain} />
        <NoticeArea />
        <Outlet />
      </main>
      <Footer />
      <ScrollRestoration />
      <LeaveGuard />
      <ReauthGuard />
      {user && (
        <Suspense>
          <SessionWarning />
        </Suspense>
      )}
    </div>
  );
}

// Not a link, because the page uses the fragment of the address, and it is part of the way back.
function skipToMain() {
  document.getElementById("main")?.focus();
}

function HeaderSearch({ isShown }: { isShown: boolean }) {
  const navigate = useNavigate();
  return (
    <div className={classes.search}>
      {isShown && (
        <Search
          label={words.searchLabel}
          q=""
          onSearch={(q) => void navigate({ pathname: paths.browse, search: q && `?${new URLSearchParams({ q })}` })}
        />
      )}
    </div>
  );
}

function Home() {
  const name = useShopName();
  return (
    <Link to={paths.home} className={classes.name} aria-label={name === "" ? words.home : undefined}>
      <Mark />
      {name !== "" && <span className={classes.word}>{name}</span>}
    </Link>
  );
}

function Account() {
  const session = useSession();
  const site = useSite();
  const { keeper } = useApp();
  const location = useLocation();
  if (session.isPending) return <div className={classes.unknown} />;
  if (session.data?.user) {
    return (
      <Suspense fallback={<div className={classes.unknown} />}>
        <OwnMenu user={session.data.user} onLogOut={() => void keeper.logOut()} />
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
        {words.logIn}
      </Link>
      {site.data?.signupMode !== "closed" && (
        <LinkButton
          to={accountPath(paths.signUp, next)}
          state={state}
          look="primary"
          size="sm"
          className={classes.signUp}
        >
          {words.signUp}
        </LinkButton>
      )}
    </>
  );
}
