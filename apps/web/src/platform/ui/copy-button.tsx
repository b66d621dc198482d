import { useState } from "react";
import { Button } from "./button.tsx";

/** Copies a text and says so, or says that it has to be copied by hand. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [outcome, setOutcome] = useState("");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied");
    } catch {
      // Copying is forbidden, or the page is not served securely.
      setOutcome("This browser does not let us copy it: select it, and copy it by hand");
    }
  }
  return (
    <>
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status">{outcome}</span>
    </>
  );
}
