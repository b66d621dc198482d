import { useState } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { usePutBackProduct, useTakeDownProduct } from "./api.ts";
import classes from "./product-take-down.module.css";
import { TakeDownButton } from "./take-down-button.tsx";

/** The slug in a product's link, or the text itself if it is one; null: neither. */
function slugOf(text: string): string | null {
  return /^(?:.*\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:[?#].*)?$/s.exec(text.trim())?.[1] ?? null;
}

/** Takes down one product, found by its link, or puts it back. */
export function ProductTakeDown({ onDone }: { onDone: (text: string) => void }) {
  const [link, setLink] = useState("");
  const [error, setError] = useState<string | null>(null);
  const takeDown = useTakeDownProduct();
  const putBack = usePutBackProduct();
  const slug = slugOf(link);
  function isThere(): boolean {
    setError(slug === null ? "Enter a product’s link" : null);
    return slug !== null;
  }
  function set(text: string) {
    setLink(text);
    setError(null);
    takeDown.reset();
    putBack.reset();
  }
  function done(text: string) {
    onDone(text);
    setLink("");
  }
  return (
    <Section title="Take down a product" hint="Or put back one that was taken down. Its owner is emailed.">
      <TextField
        label="Product link"
        description={`e.g. ${window.location.host}/p/field-notes`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        field={{ id: "product-link", name: "link", value: link, error, set }}
      />
      <div className={classes.actions}>
        <TakeDownButton
          question={{
            title: `Take down “${slug}”?`,
            text: "It disappears from the shop, and its owner is emailed. You can put it back.",
          }}
          isBusy={takeDown.isPending}
          onAsk={isThere}
          onConfirm={(reason) =>
            takeDown.mutate({ slug: slug ?? "", reason }, { onSuccess: ({ name }) => done(`“${name}” is taken down`) })
          }
        />
        <Button
          size="sm"
          isBusy={putBack.isPending}
          onClick={() => {
            if (isThere()) putBack.mutate(slug ?? "", { onSuccess: ({ name }) => done(`“${name}” is back`) });
          }}
        >
          Put back
        </Button>
      </div>
      <ActionProblem error={takeDown.error} text="This product could not be taken down" />
      <ActionProblem error={putBack.error} text="This product could not be put back" />
    </Section>
  );
}
