import { useQuery } from "@tanstack/react-query";
import type { DemoPayment } from "@yumroad/contract";
import { useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { LinkButton } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { demoPaymentQuery } from "../../sales/orders/api.ts";
import { DemoPaymentView } from "../../sales/orders/demo-payment-view.tsx";
import { paths } from "../paths.ts";
import classes from "./demo-pay.module.css";
import { LoadedPage } from "./loaded-page.tsx";

/** Stands in for the page of a payment provider. Only the local demo has it, and it looks like no page of the shop. */
export function DemoPayPage() {
  const { session = "" } = useParams();
  const payment = useQuery(demoPaymentQuery(session));
  return (
    <LoadedPage result={payment} of={session} loading="Loading the payment" failed="The payment could not be loaded">
      {(found) => <DemoPay key={session} session={session} payment={found} />}
    </LoadedPage>
  );
}

function DemoPay({ session, payment }: { session: string; payment: DemoPayment }) {
  const navigate = useNavigate();
  const [isClosed, setClosed] = useState(false);
  const orderPath = paths.order(payment.ref);
  return (
    <div className={classes.page}>
      <p className={classes.banner}>Demo: no money moves</p>
      {isClosed ? (
        <>
          <PageHeading key="closed" isAnswer>
            You can close this window.
          </PageHeading>
          <p>The shop emails the receipt, as it does after a real payment.</p>
        </>
      ) : payment.state === "open" ? (
        <>
          <PageHeading>Demo payment</PageHeading>
          <DemoPaymentView
            session={session}
            payment={payment}
            onDone={() => void navigate(orderPath)}
            onClosed={() => setClosed(true)}
          />
        </>
      ) : (
        <>
          <PageHeading>This payment is finished</PageHeading>
          <LinkButton to={orderPath}>Go to the order</LinkButton>
        </>
      )}
    </div>
  );
}
