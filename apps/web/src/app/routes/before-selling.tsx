import type { SaleNeed } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { beforeSellingWords as words } from "../../words/before-selling.ts";
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
        {words.title}
      </h2>
      <p className={classes.count}>{words.hint}</p>
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
      return <Link to={paths.storeSettings}>{words.legalDetails}</Link>;
    case "payments":
      return <Link to={paths.storeSettings}>{words.payments}</Link>;
    case "mail":
      if (isOperator) return <Link to={paths.shop}>{words.testEmail}</Link>;
      return <span>{words.emailByOwner}</span>;
  }
}
