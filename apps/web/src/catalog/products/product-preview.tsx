import { useDebouncedValue } from "@mantine/hooks";
import type { Product, StoreRef } from "@yumroad/contract";
import { useId } from "react";
import { LateMarkdown } from "../../platform/ui/late-markdown.tsx";
import { parsePrice } from "../../platform/ui/price.ts";
import { productFormWords } from "../../words/product-form.ts";
import { likelySlug } from "./likely-slug.ts";
import { currencyOf, type ProductDraft, pricingOf } from "./product-draft.ts";
import classes from "./product-form.module.css";
import { ProductView } from "./product-view.tsx";

const words = productFormWords.preview;

interface ProductPreviewProps {
  draft: ProductDraft;
  store: StoreRef | null;
  /** Data of an existing product that the form does not contain. */
  known?: Pick<Product, "slug" | "coverUrl" | "createdAt">;
}

/** The product page's own component with the current input. */
export function ProductPreview({ draft, store, known }: ProductPreviewProps) {
  const headingId = useId();
  const price = parsePrice(draft.price, currencyOf(draft));
  // The cover is drawn from the slug. The delay avoids a new cover at every letter.
  const [slug] = useDebouncedValue(known?.slug ?? likelySlug(draft.name), 600);
  const description = draft.description.trim();
  return (
    <section className={classes.preview} aria-labelledby={headingId}>
      <h2 id={headingId} className={classes.previewTitle}>
        {words.title}
      </h2>
      <div className={classes.sheet}>
        <ProductView
          product={{
            slug,
            name: draft.name.trim() || words.noName,
            price: price.ok ? price.input : null,
            pricing: pricingOf(draft),
            coverUrl: known?.coverUrl ?? null,
            store,
            createdAt: known?.createdAt ?? null,
          }}
          description={description === "" ? null : <LateMarkdown text={description} headingLevel={4} />}
          storePath={null}
          renderName={(name, className) => <h3 className={className}>{name}</h3>}
        />
      </div>
    </section>
  );
}
