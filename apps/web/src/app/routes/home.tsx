import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { LinkButton } from "../../components/button.tsx";
import { ShelfDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { productsQuery } from "../../features/products/api.ts";
import { Cover } from "../../features/products/cover.tsx";
import { ProductList } from "../../features/products/product-list.tsx";
import { useIsSignupClosed } from "../../features/site/api.ts";
import { accountPath, paths } from "../paths.ts";
import classes from "./home.module.css";

const NEWEST = 8;

export function HomePage() {
  const products = useInfiniteQuery(productsQuery());
  const user = useSession().data?.user ?? null;
  // A shop without sign-ups only offers the login.
  const wayIn = useIsSignupClosed() ? paths.logIn : paths.signUp;
  const sellPath = user === null ? accountPath(wayIn, paths.newProduct) : paths.newProduct;
  return (
    <>
      <section className={classes.hero}>
        <div>
          <PageHeading className={classes.promise} title="Sell what you make">
            Sell what you make, from a shop that’s truly yours
          </PageHeading>
          <p className={classes.lead}>
            Books, fonts, music, presets: list it once, and let people find it. On your own server, under your own name.
          </p>
          <div className={classes.actions}>
            <LinkButton to={sellPath} look="primary" size="lg">
              Start selling
            </LinkButton>
            {user === null ? (
              <LinkButton to={paths.logIn} size="lg">
                Log in
              </LinkButton>
            ) : (
              <LinkButton to={paths.ownProducts} size="lg">
                Your products
              </LinkButton>
            )}
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

      <section aria-labelledby="newest">
        <div className={classes.sectionHead}>
          <h2 id="newest">Newest products</h2>
          <Link to={paths.products}>See all</Link>
        </div>
        <ProductList
          result={products}
          headingLevel={3}
          linkTo={({ slug }) => paths.product(slug)}
          storeLinkTo={({ handle }) => paths.store(handle)}
          withMore={false}
          atMost={NEWEST}
          empty={
            <EmptyState
              drawing={<ShelfDrawing />}
              text="The shelves are still empty. Yours could be the first thing on them."
              action={<LinkButton to={sellPath}>List a product</LinkButton>}
            />
          }
        />
      </section>

      <aside className={classes.api}>
        <p>
          Everything on these pages can be done by a program as well: see the <a href={paths.apiDocs}>API</a>.
        </p>
      </aside>
    </>
  );
}
