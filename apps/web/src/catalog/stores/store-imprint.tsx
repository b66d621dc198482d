import type { Store } from "@yumroad/contract";
import { storePageWords } from "../../words/store-page.ts";
import classes from "./store-imprint.module.css";

/** The seller's legal information at the foot of a store's page. Renders nothing if there is none. */
export function StoreImprint({ store: { legalName, legalAddress, contactEmail } }: { store: Store }) {
  if (legalName === "" && legalAddress === "" && contactEmail === "") return null;
  return (
    <section className={classes.imprint} aria-labelledby="imprint">
      <h2 id="imprint" className={classes.title}>
        {storePageWords.imprint}
      </h2>
      <address className={classes.address}>
        {[legalName, legalAddress].filter((text) => text !== "").join("\n")}
        {contactEmail !== "" && (
          <a className={classes.email} href={`mailto:${encodeURIComponent(contactEmail).replace("%40", "@")}`}>
            {contactEmail}
          </a>
        )}
      </address>
    </section>
  );
}
