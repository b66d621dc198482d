import { useTitle } from "../../platform/lib/shop-name.ts";
import { Button } from "../../platform/ui/button.tsx";
import classes from "./not-found.module.css";

/** Shown when the frame or a part of it fails. For pages, see `BrokenPage`. */
export function ErrorPage() {
  const title = useTitle("Something went wrong");
  return (
    <main className={classes.page}>
      <title>{title}</title>
      <h1 className={classes.title}>Something went wrong</h1>
      <p className={classes.text} role="alert">
        This page could not be shown. Loading it again usually helps.
      </p>
      <Button look="primary" onClick={() => window.location.reload()}>
        Load it again
      </Button>
    </main>
  );
}
