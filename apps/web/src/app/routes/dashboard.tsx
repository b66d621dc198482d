import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ProductCard, User } from "@yumroad/contract";
import { useState } from "react";
import { Link } from "react-router-dom";
import { ownProductsQuery } from "../../catalog/products/api.ts";
import { ProductList } from "../../catalog/products/product-list.tsx";
import { hasSeenStore } from "../../platform/lib/seen-store.ts";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState, Loading } from "../../platform/ui/states.tsx";
import { readinessQuery } from "../../sales/sales/api.ts";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { dashboardWords as words } from "../../words/dashboard.ts";
import { paths } from "../paths.ts";
import { BeforeSelling } from "./before-selling.tsx";
import classes from "./dashboard.module.css";
import { GettingStarted } from "./getting-started.tsx";
import { OwnLibrary } from "./own-library.tsx";
import { OwnSales, useOwnSales } from "./own-sales.tsx";
import { StoreAt } from "./store-at.tsx";
import { WorkPage } from "./work-page.tsx";

const NEWEST = 4;

export function DashboardPage() {
  const user = useSession().data?.user;
  // The guard ensures a user; this narrows the type.
  const isCustomer = useMaySell(user ?? null) === false;
  if (!user) return null;
  return isCustomer ? <CustomerDashboard user={user} /> : <Dashboard user={user} />;
}

/** The dashboard of a user who can't sell in this shop. */
function CustomerDashboard({ user }: { user: User }) {
  return (
    <WorkPage>
      <PageHeader>
        <PageHeading title={words.title}>{user.name}</PageHeading>
      </PageHeader>
      <section aria-labelledby="library">
        <div className={classes.sectionHead}>
          <h2 id="library">{words.library}</h2>
        </div>
        <OwnLibrary />
      </section>
    </WorkPage>
  );
}

/** The user's own store at a glance. */
function Dashboard({ user }: { user: User }) {
  const products = useInfiniteQuery(ownProductsQuery());
  // Without a store there is nothing to ask for.
  const readiness = useQuery({ ...readinessQuery, enabled: user.store !== null });
  const sales = useOwnSales({ enabled: user.store !== null });
  // The first steps are above the products, and all appear together so that the page does not jump. Once shown they
  // stay, whatever is refetched.
  const [isShown, setShown] = useState(false);
  if (!isShown && !products.isPending && !readiness.isLoading && !sales.isLoading) setShown(true);
  return (
    <WorkPage>
      <PageHeader
        action={
          <LinkButton to={paths.newProduct} look="primary">
            {words.add}
          </LinkButton>
        }
      >
        <PageHeading title={words.title}>{user.store?.name ?? user.name}</PageHeading>
        {user.store !== null && (
          <p className={classes.store}>
            <StoreAt handle={user.store.handle} />
          </p>
        )}
      </PageHeader>
      {isShown ? (
        <>
          <BeforeSelling missing={readiness.data?.missing ?? []} isOperator={user.isOperator} />
          <OwnSales summary={sales.summary} recent={sales.recent} />
          <Products user={user} result={products} />
        </>
      ) : (
        <Loading label={words.loading} />
      )}
    </WorkPage>
  );
}

interface ProductsProps {
  user: User;
  result: UseInfiniteQueryResult<InfiniteData<{ items: ProductCard[]; nextCursor: string | null }>>;
}

function Products({ user, result }: ProductsProps) {
  const known = result.data?.pages.flatMap((page) => page.items) ?? null;
  const storePath = user.store && paths.store(user.store.handle);
  return (
    <>
      {known !== null && <GettingStarted products={known} hasSeenStore={hasSeenStore()} storePath={storePath} />}
      <section aria-labelledby="newest">
        <div className={classes.sectionHead}>
          <h2 id="newest">{words.recent}</h2>
          {known !== null && known.length > 0 && <Link to={paths.ownProducts}>{words.seeAll}</Link>}
        </div>
        <ProductList
          result={result}
          headingLevel={3}
          withStatus
          withMore={false}
          atMost={NEWEST}
          linkTo={({ slug }) => paths.ownProduct(slug)}
          empty={
            <EmptyState
              drawing={<ShelfDrawing />}
              text={words.emptyText}
              action={<LinkButton to={paths.newProduct}>{words.add}</LinkButton>}
            />
          }
        />
      </section>
    </>
  );
}
