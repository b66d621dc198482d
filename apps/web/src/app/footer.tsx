import type { Shop } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { useSite } from "../shop/api.ts";
import { appWords } from "../words/app.ts";
import classes from "./footer.module.css";
import { paths } from "./paths.ts";
import { SchemeSwitch } from "./scheme-switch.tsx";

const words = appWords.footer;

/** The bottom of every page: what the operators say of the shop. */
export function Footer() {
  const site = useSite().data;
  return (
    <footer className={classes.footer}>
      <div className={classes.bar}>
        {site && <p className={classes.words}>{[site.name, site.tagline].filter(Boolean).join(" – ")}</p>}
        {site && <FooterLinks site={site} />}
        <SchemeSwitch />
        {site && <Imprint site={site} />}
        {site?.showsPoweredBy && <p className={classes.small}>{words.poweredBy}</p>}
      </div>
    </footer>
  );
}

function FooterLinks({ site }: { site: Shop }) {
  const { footerLinks, hasMailTray, withdrawFrom } = site;
  return (
    <ul className={classes.links} aria-label={words.label}>
      {footerLinks.map(({ label, href }, index) => (
        // Two links may be equal.
        <li key={index}>
          <a href={href} rel="noopener">
            {label}
          </a>
        </li>
      ))}
      <li>
        <Link to={paths.findPurchases}>{words.findPurchases}</Link>
      </li>
      {withdrawFrom !== null && (
        <li>
          <Link to={paths.withdraw}>{words.withdraw}</Link>
        </li>
      )}
      {/* In the local demo without a mail server. */}
      {hasMailTray && (
        <li>
          <Link to={paths.outbox}>{words.demoInbox}</Link>
        </li>
      )}
    </ul>
  );
}

function Imprint({ site: { legalName, legalAddress, contactEmail } }: { site: Shop }) {
  const lines = [legalName, legalAddress].filter(Boolean).join("\n");
  if (lines === "" && contactEmail === "") return null;
  return (
    <address className={classes.imprint}>
      {lines}
      {contactEmail !== "" && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
    </address>
  );
}
