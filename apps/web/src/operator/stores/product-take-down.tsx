import { useState } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { storesWords } from "../../words/stores.ts";
import { usePutBackProduct, useTakeDownProduct } from "./api.ts";
import classes from "./product-take-down.module.css";
import { TakeDownButton } from "./take-down-button.tsx";

const words = storesWords.product;

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
    setError(slug === null ? words.linkMissing : null);
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
    <Section title={words.title} hint={words.hint}>
      <TextField
        label={words.link}
        description={words.linkHint(window.location.host)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        field={{ id: "product-link", name: "link", value: link, error, set }}
      />
      <div className={classes.actions}>
        <TakeDownButton
          question={{
            title: storesWords.takeDown.title(words.quoted(slug ?? "")),
            text: storesWords.takeDown.productText,
          }}
          isBusy={takeDown.isPending}
          onAsk={isThere}
          onConfirm={(reason) =>
            takeDown.mutate(
              { slug: slug ?? "", reason },
              { onSuccess: ({ name }) => done(storesWords.takeDown.done(words.quoted(name))) },
            )
          }
        />
        <Button
          size="sm"
          isBusy={putBack.isPending}
          onClick={() => {
            if (!isThere()) return;
            putBack.mutate(slug ?? "", { onSuccess: ({ name }) => done(storesWords.putBack.done(words.quoted(name))) });
          }}
        >
          {storesWords.putBack.putBack}
        </Button>
      </div>
      <ActionProblem error={takeDown.error} text={words.takeDownFailed} />
      <ActionProblem error={putBack.error} text={words.putBackFailed} />
    </Section>
  );
}
