import type { Checkout } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatPrice } from "../../platform/lib/format.ts";
import { Rich } from "../../platform/ui/rich.tsx";
import { checkoutWords } from "../../words/checkout.ts";
import classes from "./checkout-view.module.css";
import { Seller } from "./seller.tsx";

const words = checkoutWords.summary;

interface CheckoutViewProps {
  checkout: Checkout;
  cover: ReactNode;
  /** The heading of the page. */
  heading: ReactNode;
  /** The form, or why there is none. */
  children: ReactNode;
}

/** The product that is about to be bought and its seller, beside the form. */
export function CheckoutView({ checkout, cover, heading, children }: CheckoutViewProps) {
  const { name, store, seller, merchantOfRecord } = checkout;
  // The seller is named once: as the law wants it, or else by the store.
  const isNamed = Object.values(seller).some((part) => part !== "");
  return (
    <div className={classes.page}>
      {heading}
      <div className={classes.layout}>
        <section className={classes.summary} aria-label={words.title}>
          <div className={classes.item}>
            <div className={classes.cover}>{cover}</div>
            <div className={classes.words}>
              <p dir="auto" className={classes.name}>
                {name}
              </p>
              {!isNamed && (
                <p className={classes.store}>
                  <Rich text={words.by} parts={{ store: <bdi>{store.name}</bdi> }} />
                </p>
              )}
              <p className={classes.price}>{formatPrice(checkout)}</p>
            </div>
          </div>
          {isNamed && (
            <div className={classes.seller}>
              <p>{words.soldBy}</p>
              <Seller seller={seller} fallback={store.name} />
            </div>
          )}
          {merchantOfRecord !== null && <p className={classes.seller}>{words.soldThrough(merchantOfRecord)}</p>}
        </section>
        <div className={classes.form}>{children}</div>
      </div>
    </div>
  );
}
