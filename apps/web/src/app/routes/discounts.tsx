import { useInfiniteQuery } from "@tanstack/react-query";
import type { Discount } from "@yumroad/contract";
import { useRef, useState } from "react";
import { ownProductsQuery } from "../../catalog/products/api.ts";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { useFocusKeptIn } from "../../platform/ui/use-focus-kept-in.ts";
import { discountsQuery } from "../../sales/discounts/api.ts";
import { ChangeDiscountForm } from "../../sales/discounts/change-discount-form.tsx";
import { DiscountForm } from "../../sales/discounts/discount-form.tsx";
import { DiscountList } from "../../sales/discounts/discount-list.tsx";
import { useSession } from "../../session/session-query.ts";
import { discountWords } from "../../words/discounts.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import classes from "./discounts.module.css";
import { WorkPage } from "./work-page.tsx";

const words = discountWords.page;

/** Discount codes of the user's store. */
export function DiscountsPage() {
  const hasStore = useSession().data?.user?.store !== null;
  return (
    <WorkPage>
      {hasStore ? (
        <Discounts />
      ) : (
        <>
          <PageHeading>{words.title}</PageHeading>
          <EmptyState
            drawing={<ShelfDrawing />}
            text={words.noStore}
            action={<LinkButton to={paths.newProduct}>{words.addProduct}</LinkButton>}
          />
        </>
      )}
    </WorkPage>
  );
}

function Discounts() {
  const { notices } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const focusEvents = useFocusKeptIn(box);
  const discounts = useInfiniteQuery(discountsQuery);
  const products = useInfiniteQuery(ownProductsQuery()).data?.pages.flatMap(({ items }) => items) ?? [];
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<Discount | null>(null);
  const onDone = (text: string) => notices.show({ kind: "success", text });
  function add() {
    setEdited(null);
    setAdding(true);
  }
  function edit(discount: Discount) {
    setAdding(false);
    setEdited(discount);
  }
  const addButton = (
    <Button look="primary" onClick={add}>
      {words.add}
    </Button>
  );
  return (
    <div ref={box} className={classes.page} {...focusEvents}>
      <PageHeader action={!isAdding && addButton}>
        <PageHeading>{words.title}</PageHeading>
      </PageHeader>
      {isAdding && (
        <Section title={discountWords.form.title}>
          <DiscountForm
            products={products}
            onMade={({ code }) => {
              setAdding(false);
              onDone(words.made(code));
            }}
            onClose={() => setAdding(false)}
          />
        </Section>
      )}
      {edited !== null && (
        <Section title={discountWords.change.title(edited.code)} hint={discountWords.change.hint}>
          <ChangeDiscountForm
            key={edited.id}
            discount={edited}
            onChanged={({ code }) => {
              setEdited(null);
              onDone(words.changed(code));
            }}
            onClose={() => setEdited(null)}
          />
        </Section>
      )}
      <DiscountList
        result={discounts}
        onEdit={edit}
        onEnded={({ id, code }) => {
          if (edited?.id === id) setEdited(null);
          onDone(words.ended(code));
        }}
        empty={!isAdding && <EmptyState drawing={<ShelfDrawing />} text={words.empty} action={null} />}
      />
    </div>
  );
}
