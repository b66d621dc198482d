import { useQuery } from "@tanstack/react-query";
import type { Answer, endpoints } from "@yumroad/contract";
import { paymentsQuery, useCheckPayments } from "../../operator/payments/api.ts";
import { PaymentHealthView } from "../../operator/payments/payment-health.tsx";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { useApp } from "../app-context.ts";
import { WorkPage } from "./work-page.tsx";

/** The state of the shop's payments, with the button that mends it. */
export function PaymentsPage() {
  const { notices } = useApp();
  const health = useQuery(paymentsQuery);
  const { mutate, isPending, error } = useCheckPayments();
  return (
    <WorkPage>
      <PageHeader
        action={
          <Button
            size="sm"
            isBusy={isPending}
            onClick={() =>
              mutate(undefined, { onSuccess: (checked) => notices.show({ kind: "success", text: wordsOf(checked) }) })
            }
          >
            Check now
          </Button>
        }
      >
        <PageHeading>Payments</PageHeading>
      </PageHeader>
      <ActionProblem error={error} text="Not all orders could be checked" />
      <Loaded result={health} what="The payments">
        {(loaded) => <PaymentHealthView health={loaded} />}
      </Loaded>
    </WorkPage>
  );
}

function wordsOf({ checked, delivered }: Answer<typeof endpoints.operator.checkPayments>): string {
  if (checked === 0) return "No order waits for a payment";
  const orders = checked === 1 ? "1 order was" : `${checked} orders were`;
  return `${orders} checked, ${delivered === 0 ? "none" : delivered} delivered`;
}
