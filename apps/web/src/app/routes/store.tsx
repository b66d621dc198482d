import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation, useParams } from "react-router-dom";
import { storeQuery, usePrefetchProduct } from "../../catalog/products/api.ts";
import { Cover } from "../../catalog/products/cover.tsx";
import { ProductList } from "../../catalog/products/product-list.tsx";
import { StoreImprint } from "../../catalog/stores/store-imprint.tsx";
import { ApiError } from "../../platform/lib/call.ts";
import { markStoreSeen } from "../../platform/lib/seen-store.ts";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { Html } from "../../platform/ui/html.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Redirect } from "../../platform/ui/redirect.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { useSession } from "../../session/session-query.ts";
import { storePageWords as words } from "../../words/store-page.ts";
import { paths } from "../paths.ts";
import { NotFoundPage } from "./not-found.tsx";
import { OwnStoreNotPublic } from "./own-store-not-public.tsx";
import classes from "./store.module.css";

export function StorePage() {
  const { handle: segment = "" } = useParams();
  const handle = segment.startsWith("@") ? segment.slice(1) : "";
  return handle === "" ? <NotFoundPage /> : <Store key={handle} handle={handle} />;
}

function Store({ handle }: { handle: string }) {
  const products = useInfiniteQuery(storeQuery(handle));
  const isOwn = useSession().data?.user?.store?.handle === handle;
  useEffect(() => {
    if (isOwn) markStoreSeen();
  }, [isOwn]);
  if (products.error instanceof ApiError && products.error.code === "not_found")
    return isOwn ? <OwnStoreNotPublic /> : <NotFoundPage />;
  const store = products.data?.pages[0]?.store;
  // Found by a former handle.
  if (store !== undefined && store.handle !== handle) return <Moved to={paths.store(store.handle)} />;
  return (
    <>
      <div className={classes.head}>
        <div className={classes.picture}>
          <Cover slug={`@${handle}`} coverUrl={null} />
        </div>
        <div className={classes.words}>
          <PageHeading className={classes.name}>{store?.name ?? `@${handle}`}</PageHeading>
          {store !== undefined && <p className={classes.handle}>@{store.handle}</p>}
        </div>
        {isOwn && <LinkButton to={paths.ownProducts}>{words.ownProducts}</LinkButton>}
      </div>
      {store !== undefined && store.bioHtml !== "" && (
        <div className={classes.bio}>
          <Html html={store.bioHtml} />
        </div>
      )}
      <ProductList
        result={products}
        headingLevel={2}
        linkTo={({ slug }) => paths.product(slug)}
        onAim={usePrefetchProduct()}
        empty={
          <EmptyState
            drawing={<ShelfDrawing />}
            text={isOwn ? words.ownEmpty : words.empty}
            action={
              isOwn ? (
                <LinkButton to={paths.newProduct}>{words.add}</LinkButton>
              ) : (
                <LinkButton to={paths.browse}>{words.browse}</LinkButton>
              )
            }
          />
        }
      />
      {store !== undefined && <StoreImprint store={store} />}
    </>
  );
}

/** Replaces the address by that of the same page under the store's present handle. */
function Moved({ to }: { to: string }) {
  const { search, hash } = useLocation();
  // Not `RedirectWithLoader`: a page that imports the guards makes the build split the first load into more, larger files.
  return <Redirect to={`${to}${search}${hash}`} />;
}
