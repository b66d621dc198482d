import { useQuery } from "@tanstack/react-query";
import type { Answer, endpoints } from "@yumroad/contract";
import { paymentsQuery, useCheckPayments } from "../../operator/payments/api.ts";
import { PaymentHealthView } from "../../operator/payments/payment-health.tsx";
import { PaymentSetup } from "../../operator/payments/payment-setup.tsx";
import { StrayWithdrawals } from "../../operator/withdrawals/stray-withdrawals.tsx";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { paymentWords } from "../../words/payments.ts";
import { useApp } from "../app-context.ts";
import classes from "./payments.module.css";
import { WorkPage } from "./work-page.tsx";

const words = paymentWords.page;

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
            {words.checkNow}
          </Button>
        }
      >
        <PageHeading>{words.title}</PageHeading>
      </PageHeader>
      <ActionProblem error={error} text={words.checkFailed} />
      <QueryBoundary result={health} what={words.what}>
        {(loaded) => <PaymentHealthView health={loaded} />}
      </QueryBoundary>
      <div className={classes.setup}>
        <PaymentSetup />
        <StrayWithdrawals />
      </div>
    </WorkPage>
  );
}

function wordsOf({ checked, delivered }: Answer<typeof endpoints.operator.checkPayments>): string {
  return checked === 0 ? words.nothingChecked : words.checked(checked, delivered);
}
