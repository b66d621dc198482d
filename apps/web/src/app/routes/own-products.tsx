import { useInfiniteQuery } from "@tanstack/react-query";
import type { ProductStatus } from "@yumroad/contract";
import { ownProductsQuery } from "../../catalog/products/api.ts";
import { OwnProductList } from "../../catalog/products/own-product-list.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { ownProductsWords as words } from "../../words/own-products.ts";
import { productFormWords } from "../../words/product-form.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { type ListInAddress, useListInAddress } from "../use-list-in-address.ts";
import { ListTools } from "./list-tools.tsx";
import { WorkPage } from "./work-page.tsx";

const STATUSES = ["published", "draft", "archived"] as const;
const FILTER = STATUSES.map((value) => ({ value, label: productStatusWords[value] }));

export function OwnProductsPage() {
  const { notices } = useApp();
  const list = useListInAddress<ProductStatus>(STATUSES);
  const products = useInfiniteQuery(ownProductsQuery(list));
  const newProduct = (
    <LinkButton to={paths.newProduct} look="primary">
      {words.add}
    </LinkButton>
  );
  return (
    <WorkPage>
      <PageHeader action={newProduct}>
        <PageHeading title={list.q === "" ? words.title : `“${list.q}”`}>{words.title}</PageHeading>
      </PageHeader>
      <ListTools list={list} words={words.tools} statuses={FILTER} />
      <OwnProductList
        result={products}
        editPath={paths.ownProduct}
        pagePath={paths.product}
        empty={<NoProducts list={list} />}
        onDeleted={({ name }) => notices.show({ kind: "success", text: productFormWords.remove.done(name) })}
      />
    </WorkPage>
  );
}

function NoProducts({ list: { q, status } }: { list: ListInAddress<ProductStatus> }) {
  if (q === "" && status === null) {
    const add = <LinkButton to={paths.newProduct}>{words.add}</LinkButton>;
    return <EmptyState drawing={<ShelfDrawing />} text={words.empty} action={add} />;
  }
  return (
    <EmptyState
      drawing={<NothingFoundDrawing />}
      text={q === "" ? words.noneOfStatus : words.notFound(q)}
      action={<LinkButton to={paths.ownProducts}>{words.showAll}</LinkButton>}
    />
  );
}
