import { Button } from "../../components/button.tsx";
import classes from "./not-found.module.css";

/** The frame itself failed, or something in it that is no page: see `BrokenPage`. */
export function ErrorPage() {
  return (
    <main className={classes.page}>
      <title>Something went wrong · Yumroad</title>
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
