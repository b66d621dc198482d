import type { Order } from "@yumroad/contract";
import { useState } from "react";
import { Link, useLocation, useParams } from "react-router-dom";
import { ApiError } from "../../platform/lib/call.ts";
import { mailedTokenOf } from "../../platform/lib/mailed-token.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useOrder, useUndoOrderEmail } from "../../sales/orders/api.ts";
import { OrderView } from "../../sales/orders/order-view.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { useApp } from "../app-context.ts";
import { accountPath, paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { DeadLink } from "./dead-link.tsx";
import { LoadedPage } from "./loaded-page.tsx";
import { SheetPage } from "./sheet-page.tsx";

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
  if (fragment.has("key") || fragment.has("undo")) return <Loading label="Loading your order" />;
  if (undoToken !== null && !isUndone)
    return <UndoOrderEmail key={undoToken} orderRef={orderRef} token={undoToken} onUndone={() => setUndone(true)} />;
  return <OpenedOrder orderRef={orderRef} orderKey={key} />;
}

function OpenedOrder({ orderRef, orderKey }: { orderRef: string; orderKey: string | null }) {
  const order = useOrder(orderRef, orderKey);
  const canSendMail = useSite().data?.canSendMail === true;
  return (
    <LoadedPage
      result={order}
      of={orderRef}
      loading="Loading your order"
      failed="Your order could not be loaded"
      notFound={<CheckYourEmail orderRef={orderRef} />}
    >
      {(found) => (
        <OrderView order={found} canSendMail={canSendMail} checkoutPath={paths.checkout(found.items[0]?.slug ?? "")} />
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
        <LinkButton to={paths.findPurchases}>Find your purchases</LinkButton>
      </DeadLink>
    );
  }
  function onSuccess({ email }: Order) {
    onUndone();
    notices.show({ kind: "success", text: `Your order has the email ${email} again` });
  }
  return (
    <SheetPage title="Was this you?">
      <p>The email of order {orderRef} was changed. If it was you, there is nothing to do here.</p>
      <p>If it wasn’t: your order gets this email back, and all other links to it stop working.</p>
      <Button look="primary" fullWidth isBusy={undo.isPending} onClick={() => undo.mutate(token, { onSuccess })}>
        It wasn’t me: undo
      </Button>
      <ActionProblem error={undo.error} text="It could not be undone" />
    </SheetPage>
  );
}

/** This browser has not begun or opened the order, or there is none: both look the same. */
function CheckYourEmail({ orderRef }: { orderRef: string }) {
  const isLoggedOut = useSession().data?.user === null;
  return (
    <SheetPage title="Check your email">
      <p>It has the link to your order. Nothing there? Check your spam folder.</p>
      {isLoggedOut && (
        <p>
          Bought it with your account? <Link to={accountPath(paths.logIn, paths.order(orderRef))}>Log in</Link> to see
          it.
        </p>
      )}
    </SheetPage>
  );
}
