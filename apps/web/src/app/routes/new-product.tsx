import { useNavigate } from "react-router-dom";
import { CreateProduct } from "../../catalog/products/create-product.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { productFormWords } from "../../words/product-form.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import classes from "./own-products.module.css";

const words = productFormWords.create;

export function NewProductPage() {
  const { keeper, notices } = useApp();
  const navigate = useNavigate();
  const session = useSession().data;
  const site = useSite().data;
  const user = session?.user;
  // The guard ensures a user; this narrows the type.
  if (!user) return null;
  return (
    <>
      <PageHeading className={classes.alone}>{words.title}</PageHeading>
      <CreateProduct
        user={user}
        suggestedStoreName={site?.kind === "my_store" ? site.name : user.name}
        onCreated={({ name, slug, status, store }) => {
          if (user.store === null) void keeper.goOn({ ...session, user: { ...user, store } });
          const isPublished = status === "published";
          notices.show({
            kind: "success",
            text: isPublished ? words.published(name) : words.savedAsDraft(name),
          });
          void navigate(isPublished ? paths.product(slug) : paths.ownProducts, { replace: true });
        }}
      />
    </>
  );
}
