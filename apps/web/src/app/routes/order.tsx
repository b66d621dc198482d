import { MailedToken } from "@yumroad/contract";
import { Link, useLocation, useParams } from "react-router-dom";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
import { useSession } from "../../features/accounts/api.ts";
import { useOrder } from "../../features/orders/api.ts";
import { OrderView } from "../../features/orders/order-view.tsx";
import { ApiError } from "../../lib/call.ts";
import { accountPath, paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { SheetPage } from "./sheet-page.tsx";

/** The page of an order, to which the payment provider sends its buyer back, and which mailed links open. */
export function OrderPage() {
  const { ref = "" } = useParams();
  return <OrderOf key={ref} orderRef={ref} />;
}

function OrderOf({ orderRef }: { orderRef: string }) {
  const key = useKeyInFragment(orderKeyOf);
  const isKeyInAddress = new URLSearchParams(useLocation().hash.slice(1)).has("key");
  const order = useOrder(orderRef, key);
  const failure = useFailure(order, orderRef);
  // Nothing renders before the key has left the address.
  if (isKeyInAddress) return <Loading label="Loading your order" />;
  if (order.data !== undefined) {
    const [item] = order.data.items;
    return <OrderView order={order.data} checkoutPath={paths.checkout(item?.slug ?? "")} />;
  }
  if (order.error instanceof ApiError && order.error.code === "not_found")
    return <CheckYourEmail orderRef={orderRef} />;
  if (failure !== null) {
    const onRetry = () => void order.refetch();
    return <ErrorState isPage failure={failure} text="Your order could not be loaded" onRetry={onRetry} />;
  }
  return <Loading label="Loading your order" />;
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

/** The candidate if it has the form of an order's key, otherwise null. */
function orderKeyOf(candidate: string | null): string | null {
  const key = MailedToken.safeParse(candidate);
  return key.success ? key.data : null;
}
