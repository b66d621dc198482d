import type { Order } from "@yumroad/contract";
import { useState } from "react";
import { Link, useLocation, useParams } from "react-router-dom";
import { ApiError } from "../../platform/lib/call.ts";
import { mailedTokenOf } from "../../platform/lib/mailed-token.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useOrder, useUndoOrderEmail } from "../../sales/orders/api.ts";
import { OrderView } from "../../sales/orders/order-view.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { orderWords } from "../../words/orders.ts";
import { useApp } from "../app-context.ts";
import { accountPath, paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";
import { LoadedPage } from "./loaded-page.tsx";

const undoWords = orderWords.undoEmail;

/** The page of an order, to which the payment provider sends its buyer back, and which mailed links open. */
export function OrderPage() {
  const { ref = "" } = useParams();
  return <OrderOf key={ref} orderRef={ref} />;
}

function OrderOf({ orderRef }: { orderRef: string }) {
  const key = useKeyInFragment(mailedTokenOf);
  const undoToken = useKeyInFragment(mailedTokenOf, "undo");
  const [isUndone, setUndone] = useState(false);
  const fragment = new URLSearchParams(useLocation().hash.slice(1));
  // Nothing renders before the key has left the address.
  if (fragment.has("key") || fragment.has("undo")) return <Loading label={orderWords.page.loading} />;
  if (undoToken !== null && !isUndone)
    return <UndoOrderEmail key={undoToken} orderRef={orderRef} token={undoToken} onUndone={() => setUndone(true)} />;
  return <OpenedOrder orderRef={orderRef} orderKey={key} />;
}

function OpenedOrder({ orderRef, orderKey }: { orderRef: string; orderKey: string | null }) {
  const order = useOrder(orderRef, orderKey);
  const site = useSite().data;
  const canSendMail = site?.canSendMail === true;
  const canWithdraw = (site?.withdrawFrom ?? null) !== null;
  return (
    <LoadedPage
      result={order}
      of={orderRef}
      loading={orderWords.page.loading}
      failed={orderWords.page.failed}
      notFound={<CheckYourEmail orderRef={orderRef} />}
    >
      {(found) => (
        <OrderView
          order={found}
          canSendMail={canSendMail}
          checkoutPath={paths.checkout(found.items[0]?.slug ?? "")}
          withdrawPath={canWithdraw ? paths.withdrawFrom(found.ref) : null}
        />
      )}
    </LoadedPage>
  );
}

interface UndoOrderEmailProps {
  orderRef: string;
  token: string;
  onUndone: () => void;
}

/** A button uses the link, because mail scanners open every link, and it works once (R61). */
function UndoOrderEmail({ orderRef, token, onUndone }: UndoOrderEmailProps) {
  const { notices } = useApp();
  const undo = useUndoOrderEmail(orderRef);
  if (undo.error instanceof ApiError && undo.error.code === "link_invalid") {
    return (
      <DeadLink>
        <LinkButton to={paths.findPurchases}>{undoWords.findPurchases}</LinkButton>
      </DeadLink>
    );
  }
  function onSuccess({ email }: Order) {
    onUndone();
    notices.show({ kind: "success", text: undoWords.undone(email) });
  }
  return (
    <CardLayout title={undoWords.title}>
      <p>{undoWords.ifYou(orderRef)}</p>
      <p>{undoWords.ifNot}</p>
      <Button look="primary" fullWidth isBusy={undo.isPending} onClick={() => undo.mutate(token, { onSuccess })}>
        {undoWords.undo}
      </Button>
      <ActionProblem error={undo.error} text={undoWords.failed} />
    </CardLayout>
  );
}

/** This browser has not begun or opened the order, or there is none: both look the same. */
function CheckYourEmail({ orderRef }: { orderRef: string }) {
  const isLoggedOut = useSession().data?.user === null;
  const words = orderWords.checkYourEmail;
  return (
    <CardLayout title={words.title}>
      <p>{words.text}</p>
      {isLoggedOut && (
        <p>
          <Rich
            text={words.logIn}
            parts={{ a: (text) => <Link to={accountPath(paths.logIn, paths.order(orderRef))}>{text}</Link> }}
          />
        </p>
      )}
    </CardLayout>
  );
}
