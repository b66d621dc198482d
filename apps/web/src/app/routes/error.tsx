import { useTitle } from "../../platform/lib/shop-name.ts";
import { Button } from "../../platform/ui/button.tsx";
import { errorPageWords as words } from "../../words/error-pages.ts";
import classes from "./not-found.module.css";

/** Shown when the frame or a part of it fails. For pages, see `BrokenPage`. */
export function ErrorPage() {
  const title = useTitle(words.title);
  return (
    <main className={classes.page}>
      <title>{title}</title>
      <h1 className={classes.title}>{words.title}</h1>
      <p className={classes.text} role="alert">
        {words.text}
      </p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {words.reload}
      </Button>
    </main>
  );
}
