import { useQuery } from "@tanstack/react-query";
import type { DemoPayment } from "@yumroad/contract";
import { useState } from "react";
import { useNavigate, useParams } from "react-router-dom";
import { LinkButton } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { demoPaymentQuery } from "../../sales/orders/api.ts";
import { DemoPaymentView } from "../../sales/orders/demo-payment-view.tsx";
import { demoPaymentWords } from "../../words/demo-payment.ts";
import { paths } from "../paths.ts";
import classes from "./demo-pay.module.css";
import { LoadedPage } from "./loaded-page.tsx";

const words = demoPaymentWords.page;

/** Stands in for the page of a payment provider. Only the local demo has it, and it looks like no page of the shop. */
export function DemoPayPage() {
  const { session = "" } = useParams();
  const payment = useQuery(demoPaymentQuery(session));
  return (
    <LoadedPage result={payment} of={session} loading={words.loading} failed={words.failed}>
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
      <p className={classes.banner}>{words.banner}</p>
      {isClosed ? (
        <>
          <PageHeading key="closed" isAnswer>
            {words.closedTitle}
          </PageHeading>
          <p>{words.closed}</p>
        </>
      ) : payment.state === "open" ? (
        <>
          <PageHeading>{words.title}</PageHeading>
          <DemoPaymentView
            session={session}
            payment={payment}
            onDone={() => void navigate(orderPath)}
            onClosed={() => setClosed(true)}
          />
        </>
      ) : (
        <>
          <PageHeading>{words.finishedTitle}</PageHeading>
          <LinkButton to={orderPath}>{words.goToOrder}</LinkButton>
        </>
      )}
    </div>
  );
}
