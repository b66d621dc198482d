import { Link, useLocation, useParams } from "react-router-dom";
import { Loading } from "../../components/states.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { useOrder } from "../../features/orders/api.ts";
import { OrderView } from "../../features/orders/order-view.tsx";
import { mailedTokenOf } from "../../lib/mailed-token.ts";
import { accountPath, paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { LoadedPage } from "./loaded-page.tsx";
import { SheetPage } from "./sheet-page.tsx";

/** The page of an order, to which the payment provider sends its buyer back, and which mailed links open. */
export function OrderPage() {
  const { ref = "" } = useParams();
  return <OrderOf key={ref} orderRef={ref} />;
}

function OrderOf({ orderRef }: { orderRef: string }) {
  const key = useKeyInFragment(mailedTokenOf);
  const isKeyInAddress = new URLSearchParams(useLocation().hash.slice(1)).has("key");
  const order = useOrder(orderRef, key);
  // Nothing renders before the key has left the address.
  if (isKeyInAddress) return <Loading label="Loading your order" />;
  return (
    <LoadedPage
      result={order}
      of={orderRef}
      loading="Loading your order"
      failed="Your order could not be loaded"
      notFound={<CheckYourEmail orderRef={orderRef} />}
    >
      {(found) => <OrderView order={found} checkoutPath={paths.checkout(found.items[0]?.slug ?? "")} />}
    </LoadedPage>
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
