import type { Sale } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useChangeAccess } from "./api.ts";
import classes from "./sale-view.module.css";

interface SaleAccessProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** Whether the buyer can open what they bought, and the button that changes it. */
export function SaleAccess({ sale: { ref, hasAccess }, onDone }: SaleAccessProps) {
  const changeAccess = useChangeAccess(ref);
  return (
    <Section
      title="Access"
      hint={hasAccess ? "The buyer can open what they bought." : "The buyer can’t open what they bought."}
    >
      <div className={classes.actions}>
        <Button
          isBusy={changeAccess.isPending}
          onClick={() =>
            changeAccess.mutate(!hasAccess, {
              onSuccess: (sale) => onDone(sale.hasAccess ? "Access given back" : "Access ended"),
            })
          }
        >
          {hasAccess ? "End access" : "Give access back"}
        </Button>
      </div>
      <div className={classes.problems}>
        <ActionProblem error={changeAccess.error} text="The access could not be changed" />
      </div>
    </Section>
  );
}
