import { useEffect, useRef, useSyncExternalStore } from "react";
import { useLocation } from "react-router-dom";
import type { Notice } from "../platform/lib/notices.ts";
import { useOnline } from "../platform/lib/online.ts";
import { CloseIcon } from "../platform/ui/icons.tsx";
import { appWords } from "../words/app.ts";
import { useApp } from "./app-context.ts";
import classes from "./notice-area.module.css";

const words = appWords.notices;

const SUCCESS_STAYS_MS = 6000;

/**
 * Shows the app's notices: a success for a moment, a problem until it is dismissed or the page is left, and the offline
 * state as long as it lasts.
 */
export function NoticeArea() {
  const { notices } = useApp();
  const notice = useSyncExternalStore(notices.subscribe, notices.current);
  const isOnline = useOnline();
  const { pathname } = useLocation();
  const shownAt = useRef(pathname);

  useEffect(() => {
    if (notice === null) return;
    shownAt.current = window.location.pathname;
    if (staysOf(notice)) return;
    const timer = setTimeout(notices.dismiss, SUCCESS_STAYS_MS);
    return () => clearTimeout(timer);
  }, [notice, notices]);

  useEffect(() => {
    const shown = notices.current();
    if (shown !== null && staysOf(shown) && shownAt.current !== pathname) notices.dismiss();
  }, [pathname, notices]);

  return (
    <>
      <div role="status">{!isOnline && <p className={classes.offline}>{words.offline}</p>}</div>
      <div role="alert">
        {notice?.kind === "problem" && (
          <div className={classes.problem}>
            <p>{notice.text}</p>
            <Dismiss onDismiss={notices.dismiss} />
          </div>
        )}
      </div>
      <div role="status">
        {notice?.kind === "success" && (
          <div className={classes.toast}>
            <p>{notice.text}</p>
            <Dismiss onDismiss={notices.dismiss} />
          </div>
        )}
      </div>
    </>
  );
}

/** True for a notice that stays until it is dismissed or the page is left. */
function staysOf({ kind, stays = false }: Notice): boolean {
  return kind === "problem" || stays;
}

function Dismiss({ onDismiss }: { onDismiss: () => void }) {
  return (
    <button type="button" className={classes.dismiss} aria-label={words.dismiss} onClick={onDismiss}>
      <CloseIcon />
    </button>
  );
}
