import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { OwnProductCard } from "@yumroad/contract";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { formatDate, formatPrice } from "../../platform/lib/format.ts";
import { Badge } from "../../platform/ui/badge.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { type Column, Table } from "../../platform/ui/table.tsx";
import { ownProductsWords } from "../../words/own-products.ts";
import { productListWords } from "../../words/product-list.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import type { OwnProductsPage } from "./api.ts";
import { Cover } from "./cover.tsx";
import { useLoadedPages } from "./loaded-pages.ts";
import classes from "./own-product-list.module.css";
import { OwnProductMenu } from "./own-product-menu.tsx";

const words = ownProductsWords.list;

const DeleteDialog = lazy(async () => ({ default: (await import("./delete-dialog.tsx")).DeleteDialog }));

interface OwnProductListProps {
  result: UseInfiniteQueryResult<InfiniteData<OwnProductsPage>>;
  editPath: (slug: string) => string;
  pagePath: (slug: string) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
  onDeleted: (product: OwnProductCard) => void;
}

/** A seller's products in a dense table. */
export function OwnProductList({ result, editPath, pagePath, empty, onDeleted }: OwnProductListProps) {
  const products = result.data?.pages.flatMap((page) => page.items) ?? [];
  const showMore = useLoadedPages(result, true);
  const box = useRef<HTMLDivElement>(null);
  const [deleting, setDeleting] = useState<OwnProductCard | null>(null);
  const columns: Column<OwnProductCard>[] = [
    { ...PRODUCT, cell: (product) => <Product product={product} to={editPath(product.slug)} /> },
    ...FACTS,
    {
      name: words.columns.actions,
      isMenu: true,
      cell: (product) => (
        <OwnProductMenu
          product={product}
          editPath={editPath(product.slug)}
          pagePath={pagePath(product.slug)}
          onDelete={() => setDeleting(product)}
        />
      ),
    },
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div ref={box} role="group" tabIndex={-1} aria-label={words.label} className={classes.box}>
      <PagedList
        result={result}
        count={products.length}
        noun={[productListWords.one, productListWords.many]}
        focusable="td:first-child a"
        empty={empty}
        showMore={showMore}
      >
        <Table
          label={words.label}
          columns={columns}
          rows={products}
          keyOf={({ slug }) => slug}
          hasPictures
          isSortable={!result.hasNextPage}
        />
      </PagedList>
      {deleting !== null && (
        <Suspense>
          <DeleteDialog
            product={deleting}
            onClose={() => setDeleting(null)}
            onDeleted={() => {
              // The row with the button that opened the dialog is gone.
              box.current?.focus();
              setDeleting(null);
              onDeleted(deleting);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const PRODUCT = { name: words.columns.product, order: ({ name }: OwnProductCard) => name };

function Product({ product: { slug, coverUrl, name }, to }: { product: OwnProductCard; to: string }) {
  return (
    <div className={classes.product}>
      <div className={classes.cover}>
        <Cover slug={slug} coverUrl={coverUrl} />
      </div>
      <Link to={to} className={classes.name}>
        <bdi>{name}</bdi>
      </Link>
    </div>
  );
}

const FACTS: readonly Column<OwnProductCard>[] = [
  { name: words.columns.status, cell: (product) => <Status product={product} />, order: statusWords },
  {
    name: words.columns.changed,
    cell: ({ updatedAt }) => (
      <time dateTime={updatedAt} className={classes.date}>
        {formatDate(updatedAt)}
      </time>
    ),
    order: ({ updatedAt }) => updatedAt,
  },
  { name: words.columns.price, isNumber: true, cell: formatPrice, order: ({ price }) => price.amount },
];

function Status({ product }: { product: OwnProductCard }) {
  const look = product.status === "published" ? "good" : "plain";
  return <Badge look={product.isTakenDown ? "bad" : look}>{statusWords(product)}</Badge>;
}

function statusWords({ isTakenDown, status }: OwnProductCard): string {
  return isTakenDown ? words.takenDown : productStatusWords[status];
}
