import { useQuery } from "@tanstack/react-query";
import type { Checkout, User } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router-dom";
import { Cover } from "../../catalog/products/cover.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { checkoutQuery } from "../../sales/orders/api.ts";
import { CheckoutForm } from "../../sales/orders/checkout-form.tsx";
import { CheckoutView } from "../../sales/orders/checkout-view.tsx";
import { useSession } from "../../session/session-query.ts";
import { checkoutWords } from "../../words/checkout.ts";
import { codeIn, withCodeOf } from "../code-in-address.ts";
import { accountPath, paths } from "../paths.ts";
import { useGoToPay } from "../use-go-to-pay.ts";
import { LoadedPage } from "./loaded-page.tsx";

const words = checkoutWords.page;

export function CheckoutPage() {
  const { slug = "" } = useParams();
  const session = useSession();
  const checkout = useQuery(checkoutQuery(slug));
  // The form begins with the user's email. If nobody can say who is logged in, it begins empty.
  if (checkout.data !== undefined && session.isPending) return <Loading label={words.loading} />;
  const user = session.data?.user ?? null;
  return (
    <LoadedPage result={checkout} of={slug} loading={words.loading} failed={words.failed}>
      {(found) => <CheckoutOf key={slug} checkout={found} user={user} onPriceChanged={() => checkout.refetch()} />}
    </LoadedPage>
  );
}

interface CheckoutOfProps {
  checkout: Checkout;
  user: User | null;
  onPriceChanged: () => Promise<unknown>;
}

function CheckoutOf({ checkout, user, onPriceChanged }: CheckoutOfProps) {
  const { slug, coverUrl, store, isReady } = checkout;
  const navigate = useNavigate();
  const { search } = useLocation();
  const goToPay = useGoToPay();
  const timesRestored = useTimesRestored();
  return (
    <CheckoutView
      checkout={checkout}
      cover={<Cover slug={slug} coverUrl={coverUrl} />}
      heading={<PageHeading>{words.title}</PageHeading>}
    >
      {user?.store?.handle === store.handle ? (
        <OwnProduct slug={slug} />
      ) : isReady ? (
        <CheckoutForm
          key={timesRestored}
          checkout={checkout}
          ownEmail={user?.email ?? ""}
          logIn={user === null && <LogIn to={accountPath(paths.logIn, withCodeOf(search, paths.checkout(slug)))} />}
          code={codeIn(search)}
          onPriceChanged={onPriceChanged}
          onBegun={({ ref, payAt }) => (payAt === null ? void navigate(paths.order(ref)) : goToPay(payAt))}
        />
      ) : (
        <p>{words.notReady}</p>
      )}
    </CheckoutView>
  );
}

function LogIn({ to }: { to: string }) {
  return <Rich text={words.logIn} parts={{ a: (text) => <Link to={to}>{text}</Link> }} />;
}

function OwnProduct({ slug }: { slug: string }) {
  return (
    <>
      <p>{words.ownProduct}</p>
      <LinkButton to={paths.product(slug)}>{words.backToProduct}</LinkButton>
    </>
  );
}

/**
 * How often the browser has restored this page from its back/forward cache. A form that was sent stays locked; whoever
 * comes back from the payment provider needs a new one.
 */
function useTimesRestored(): number {
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) setTimes((last) => last + 1);
    };
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);
  return times;
}
