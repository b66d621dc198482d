import { useState } from "react";
import { copyButtonWords as words } from "../../words/copy-button.ts";
import { Button } from "./button.tsx";

/** Copies a text and says so, or says that it has to be copied by hand. */
export function CopyButton({ text, label = words.copy }: { text: string; label?: string }) {
  const [outcome, setOutcome] = useState("");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome(words.copied);
    } catch {
      // Copying is forbidden, or the page is not served securely.
      setOutcome(words.byHand);
    }
  }
  return (
    <>
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status">{outcome}</span>
    </>
  );
}
