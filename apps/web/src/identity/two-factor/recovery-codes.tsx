import { useEffect, useRef } from "react";
import { saveFile } from "../../platform/lib/save-file.ts";
import { useShopName } from "../../platform/lib/shop-name.ts";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CopyButton } from "../../platform/ui/copy-button.tsx";
import classes from "./factors.module.css";

const UNSAVED = {
  ...NOTHING_KEPT,
  text: "Your recovery codes are shown this once only. Without them, losing your phone may lock you out.",
};

/** Recovery codes. They are shown once, so the page guards against leaving by mistake. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const shop = useShopName();
  useUnsavedWarning(true, UNSAVED);
  const text = codes.join("\n");
  function download() {
    const intro = `Recovery codes${shop && ` for ${shop}`}. Each opens your account once, in place of a code from your app.\n\n`;
    saveFile(new Blob([`${intro}${text}\n`], { type: "text/plain" }), "recovery-codes.txt");
  }
  return (
    <div className={classes.steps}>
      <h3 ref={heading} tabIndex={-1} className={classes.title}>
        Keep your recovery codes
      </h3>
      <p>
        If you lose your phone, each of these opens your account once in place of a code. Keep them where you will find
        them without it. They are not shown again.
      </p>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.row}>
        <CopyButton text={text} label="Copy all" />
        <Button onClick={download}>Download</Button>
      </div>
      <div>
        <Button look="primary" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
