import { useEffect, useRef } from "react";
import { saveFile } from "../../platform/lib/save-file.ts";
import { useShopName } from "../../platform/lib/shop-name.ts";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CopyButton } from "../../platform/ui/copy-button.tsx";
import { twoFactorWords } from "../../words/two-factor.ts";
import classes from "./factors.module.css";

const words = twoFactorWords.codes;

const UNSAVED = {
  ...NOTHING_KEPT,
  text: words.unsaved,
};

/** Recovery codes. They are shown once, so the page guards against leaving by mistake. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const shop = useShopName();
  useUnsavedWarning(true, UNSAVED);
  const text = codes.join("\n");
  function download() {
    saveFile(new Blob([`${words.fileIntro(shop)}\n\n${text}\n`], { type: "text/plain" }), "recovery-codes.txt");
  }
  return (
    <div className={classes.steps}>
      <h3 ref={heading} tabIndex={-1} className={classes.title}>
        {words.title}
      </h3>
      <p>
        {words.lead} {words.once}
      </p>
      <ul className={classes.codes} aria-label={words.label}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.row}>
        <CopyButton text={text} label={words.copyAll} />
        <Button onClick={download}>{words.download}</Button>
      </div>
      <div>
        <Button look="primary" onClick={onKept}>
          {words.saved}
        </Button>
      </div>
    </div>
  );
}
