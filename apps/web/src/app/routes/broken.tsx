import { useEffect } from "react";
import { useNavigate } from "react-router-dom";
import { useOnline } from "../../platform/lib/online.ts";
import { Button } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { UnpluggedDrawing } from "../../platform/ui/unplugged-drawing.tsx";
import { errorPageWords as words } from "../../words/error-pages.ts";
import classes from "./not-found.module.css";

/**
 * Shown when a page fails: a part could not be loaded (offline, or the server has a newer version), or there is a bug.
 */
export function BrokenPage() {
  const isOnline = useOnline();
  const navigate = useNavigate();
  useReloadOnceOnline();
  return (
    <div className={classes.page}>
      <div className={classes.drawing}>
        <UnpluggedDrawing />
      </div>
      <PageHeading className={classes.title}>{isOnline ? words.title : words.offlineTitle}</PageHeading>
      <p className={classes.text} role="alert">
        {isOnline ? words.text : words.offline}
      </p>
      <div className={classes.actions}>
        {isOnline && (
          // Browsers do not request a failed module again until the page is reloaded.
          <Button look="primary" onClick={() => window.location.reload()}>
            {words.reload}
          </Button>
        )}
        <Button onClick={() => void navigate(-1)}>{words.back}</Button>
      </div>
    </div>
  );
}

/**
 * Reloads the page once the connection is back and the server answers. Before it answers, a reload would replace the
 * page by the browser's own.
 */
function useReloadOnceOnline(): void {
  useEffect(() => {
    const left = new AbortController();
    async function reload() {
      const answer = await fetch("/", { method: "HEAD", cache: "no-store", signal: left.signal }).catch(() => null);
      if (answer !== null && !left.signal.aborted) window.location.reload();
    }
    window.addEventListener("online", () => void reload(), { signal: left.signal });
    return () => left.abort();
  }, []);
}
