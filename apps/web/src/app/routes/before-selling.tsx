import type { SaleNeed } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { paths } from "../paths.ts";
import classes from "./getting-started.module.css";

interface BeforeSellingProps {
  missing: readonly SaleNeed[];
  isOperator: boolean;
}

/** What a store still needs before it can take money. Renders nothing if that is nothing. */
export function BeforeSelling({ missing, isOperator }: BeforeSellingProps) {
  if (missing.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="before-selling">
      <h2 id="before-selling" className={classes.title}>
        Before you can sell
      </h2>
      <p className={classes.count}>Until this is done, buyers get your free products only.</p>
      <ul className={classes.steps}>
        {missing.map((need) => (
          <li key={need} className={classes.step}>
            <span className={classes.mark} />
            <Step need={need} isOperator={isOperator} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Step({ need, isOperator }: { need: SaleNeed; isOperator: boolean }) {
  switch (need) {
    case "legal_details":
      return <Link to={paths.storeSettings}>Add your legal name and address</Link>;
    case "payments":
      return <Link to={paths.storeSettings}>Say how buyers pay</Link>;
    case "mail":
      if (isOperator) return <Link to={paths.shop}>Send a test email and open its link</Link>;
      return <span>The shop owner has to confirm that email works</span>;
  }
}
