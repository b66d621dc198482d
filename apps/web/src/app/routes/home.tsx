import { useInfiniteQuery } from "@tanstack/react-query";
import type { Shop, User } from "@yumroad/contract";
import { useDeferredValue } from "react";
import { Link } from "react-router-dom";
import { productsQuery, usePrefetchProduct } from "../../catalog/products/api.ts";
import { Cover } from "../../catalog/products/cover.tsx";
import { ProductList } from "../../catalog/products/product-list.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { EmptyState, Loading } from "../../platform/ui/states.tsx";
import { useSession } from "../../session/session-query.ts";
import { useIsSignupClosed, useSite } from "../../shop/api.ts";
import { homeWords as words } from "../../words/home.ts";
import { accountPath, paths } from "../paths.ts";
import classes from "./home.module.css";

const NEWEST = 8;

export function HomePage() {
  const site = useSite();
  const session = useSession();
  // Both decide what the page begins with: without them, it would jump. Deferred, or React would render the page in one
  // long task; so it does it in slices, between which the browser paints.
  const isReady = useDeferredValue(!site.isPending && !session.isPending);
  if (!isReady) return <Loading label={words.loading} />;
  if (site.data?.kind === "my_store") return <Storefront shop={site.data} />;
  return <Marketplace user={session.data?.user ?? null} />;
}

/** The home page of a shop with one seller: what is for sale. */
function Storefront({ shop }: { shop: Pick<Shop, "name" | "tagline"> }) {
  const products = useInfiniteQuery(productsQuery());
  return (
    <>
      <div className={classes.storefrontHead}>
        <PageHeading title={null}>{shop.name}</PageHeading>
        {shop.tagline !== "" && <p className={classes.lead}>{shop.tagline}</p>}
      </div>
      <ProductList
        result={products}
        headingLevel={2}
        linkTo={({ slug }) => paths.product(slug)}
        onAim={usePrefetchProduct()}
        empty={<EmptyState drawing={<ShelfDrawing />} text={words.emptyShop} />}
      />
    </>
  );
}

/** The home page of a marketplace: the promise to sellers, for visitors only, and the newest products. */
function Marketplace({ user }: { user: User | null }) {
  const products = useInfiniteQuery(productsQuery());
  return (
    <>
      {user === null && <Pitch />}
      <section aria-label={words.recent}>
        <div className={classes.sectionHead}>
          {user === null ? <h2>{words.recent}</h2> : <PageHeading>{words.recent}</PageHeading>}
          <Link to={paths.browse}>{words.seeAll}</Link>
        </div>
        <ProductList
          result={products}
          headingLevel={user === null ? 3 : 2}
          linkTo={({ slug }) => paths.product(slug)}
          onAim={usePrefetchProduct()}
          storeLinkTo={({ handle }) => paths.store(handle)}
          withMore={false}
          atMost={NEWEST}
          empty={
            <EmptyState
              drawing={<ShelfDrawing />}
              text={words.emptyText}
              action={<LinkButton to={paths.newProduct}>{words.add}</LinkButton>}
            />
          }
        />
      </section>
      {user === null && (
        <aside className={classes.api}>
          <p>
            <Rich text={words.api} parts={{ a: (text) => <a href={paths.apiDocs}>{text}</a> }} />
          </p>
        </aside>
      )}
    </>
  );
}

function Pitch() {
  // A shop without sign-ups only offers the login.
  const wayIn = useIsSignupClosed() ? paths.logIn : paths.signUp;
  return (
    <section className={classes.hero}>
      <div>
        <PageHeading className={classes.promise} title={words.title}>
          {words.promise}
        </PageHeading>
        <p className={classes.lead}>{words.lead}</p>
        <div className={classes.actions}>
          <LinkButton to={accountPath(wayIn, paths.newProduct)} look="primary" size="lg">
            {words.startSelling}
          </LinkButton>
          <LinkButton to={paths.logIn} size="lg">
            {words.logIn}
          </LinkButton>
        </div>
      </div>
      <div className={classes.covers} aria-hidden="true">
        {["paper-moon", "field-notes", "small-hours"].map((slug) => (
          <div key={slug}>
            <Cover slug={slug} coverUrl={null} />
          </div>
        ))}
      </div>
    </section>
  );
}
