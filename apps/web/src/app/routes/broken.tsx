import { useNavigate } from "react-router-dom";
import { useOnline } from "../../platform/lib/online.ts";
import { Button } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import classes from "./not-found.module.css";

/**
 * Shown when a page fails: a part could not be loaded (offline, or the server has a newer version), or there is a bug.
 */
export function BrokenPage() {
  const isOnline = useOnline();
  const navigate = useNavigate();
  return (
    <div className={classes.page}>
      <PageHeading className={classes.title}>{isOnline ? "Something went wrong" : "You are offline"}</PageHeading>
      <p className={classes.text} role="alert">
        {isOnline
          ? "This page could not be shown. Loading it again usually helps."
          : "This page has not been loaded yet. It can be as soon as you are back online."}
      </p>
      <div className={classes.actions}>
        {isOnline && (
          // Browsers do not request a failed module again until the page is reloaded.
          <Button look="primary" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        )}
        <Button onClick={() => void navigate(-1)}>Go back</Button>
      </div>
    </div>
  );
}
