import { useTitle } from "../../platform/lib/shop-name.ts";
import { Button } from "../../platform/ui/button.tsx";
import { UnpluggedDrawing } from "../../platform/ui/unplugged-drawing.tsx";
import { errorPageWords as words } from "../../words/error-pages.ts";
import { paths } from "../paths.ts";
import classes from "./not-found.module.css";

/** Shown when the frame or a part of it fails. For pages, see `BrokenPage`. */
export function ErrorPage() {
  const title = useTitle(words.title);
  return (
    <main className={classes.page}>
      <title>{title}</title>
      <div className={classes.drawing}>
        <UnpluggedDrawing />
      </div>
      <h1 className={classes.title}>{words.title}</h1>
      <p className={classes.text} role="alert">
        {words.text}
      </p>
      <div className={classes.actions}>
        <Button look="primary" onClick={() => window.location.reload()}>
          {words.reload}
        </Button>
        <Button onClick={() => window.location.assign(paths.home)}>{words.home}</Button>
      </div>
    </main>
  );
}
