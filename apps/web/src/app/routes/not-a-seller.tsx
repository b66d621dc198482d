import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { notASellerWords as words } from "../../words/not-a-seller.ts";
import { paths } from "../paths.ts";
import classes from "./own-products.module.css";

/** A seller's page for a customer, in a shop in which only its operators sell. */
export function NotASellerPage() {
  return (
    <>
      <PageHeading className={classes.alone}>{words.title}</PageHeading>
      <EmptyState
        drawing={<ShelfDrawing />}
        text={words.text}
        action={<LinkButton to={paths.browse}>{words.browse}</LinkButton>}
      />
    </>
  );
}
