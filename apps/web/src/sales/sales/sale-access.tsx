import type { Sale } from "@yumroad/contract";
import { formatDate } from "../../platform/lib/format.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import { useChangeAccess } from "./api.ts";
import classes from "./sale-view.module.css";

const words = saleWords.access;

interface SaleAccessProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** Whether the buyer can open what they bought, and the button that changes it. */
export function SaleAccess({ sale: { ref, hasAccess, downloads }, onDone }: SaleAccessProps) {
  const changeAccess = useChangeAccess(ref);
  return (
    <Section title={words.title} hint={hasAccess ? words.isOn : words.isOff}>
      {downloads.lastAt !== null && <p>{words.downloaded(downloads.count, formatDate(downloads.lastAt))}</p>}
      <div className={classes.actions}>
        <Button
          isBusy={changeAccess.isPending}
          onClick={() =>
            changeAccess.mutate(!hasAccess, {
              onSuccess: (sale) => onDone(sale.hasAccess ? words.restored : words.ended),
            })
          }
        >
          {hasAccess ? words.end : words.restore}
        </Button>
      </div>
      <div className={classes.problems}>
        <ActionProblem error={changeAccess.error} text={words.failed} />
      </div>
    </Section>
  );
}
