import { FOOTER_LINKS_MAX } from "@yumroad/contract";
import { useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { shopSettingsWords } from "../../words/shop-settings.ts";
import classes from "./shop-form.module.css";
import type { ShopFormState } from "./shop-form.tsx";
import { placesOf, withoutLink } from "./shop-values.ts";

const words = shopSettingsWords.links;

/** The links of the footer, one under the other. */
export function FooterLinkFields({ form }: { form: ShopFormState }) {
  const used = (placesOf(form.values).at(-1) ?? -1) + 1;
  /** Rows that were added, and may still be empty. */
  const [added, setAdded] = useState(0);
  const count = Math.min(FOOTER_LINKS_MAX, Math.max(used, added));
  return (
    <fieldset className={classes.links}>
      <legend className={classes.legend}>{words.title}</legend>
      <p className={classes.hint}>{words.hint}</p>
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className={classes.link}>
          <TextField label={words.text(place + 1)} field={form.field(`linkLabel${place}`)} isOptional />
          <TextField
            label={words.address(place + 1)}
            placeholder="https://"
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            field={form.field(`linkHref${place}`)}
            isOptional
          />
          <div className={classes.remove}>
            <Button
              size="sm"
              label={words.removeOne(place + 1)}
              onClick={() => {
                form.setValues((values) => withoutLink(values, place));
                setAdded(count - 1);
              }}
            >
              {words.remove}
            </Button>
          </div>
        </div>
      ))}
      {count < FOOTER_LINKS_MAX && (
        <div>
          <Button onClick={() => setAdded(count + 1)}>{words.add}</Button>
        </div>
      )}
    </fieldset>
  );
}
