import type { PaymentFinding } from "@yumroad/contract";
import items from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { paymentWords } from "../../words/payments.ts";
import { useCheckSetup } from "./api.ts";
import classes from "./payment-health.module.css";

const words = paymentWords.setup;
const LOOKS = { red: "bad", amber: "warn", good: "good" } as const;

/** Checks whether real money can be taken, and shows what is in the way, each with its remedy. */
export function PaymentSetup() {
  const { mutate, isPending, error, data } = useCheckSetup();
  return (
    <Section title={words.title} hint={words.hint}>
      <div>
        <Button isBusy={isPending} onClick={() => mutate()}>
          {words.check}
        </Button>
      </div>
      <ActionProblem error={error} text={words.failed} />
      <div role="status">
        {data && (
          <ul aria-label={words.title} className={classes.list}>
            {data.findings.map((finding) => (
              <Finding key={finding.code} finding={finding} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function Finding({ finding: { level, title, remedy } }: { finding: PaymentFinding }) {
  return (
    <li className={items.item}>
      <div className={items.words}>
        <p className={items.name}>
          {title}
          <Badge look={LOOKS[level]}>{words.levels[level]}</Badge>
        </p>
        {remedy !== "" && <p className={items.line}>{remedy}</p>}
      </div>
    </li>
  );
}
