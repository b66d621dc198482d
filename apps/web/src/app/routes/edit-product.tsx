import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router-dom";
import { takeContents } from "../../catalog/contents/api.ts";
import { Contents } from "../../catalog/contents/contents.tsx";
import { NoContentsHint } from "../../catalog/contents/no-contents-hint.tsx";
import { refreshPictures } from "../../catalog/pictures/api.ts";
import { Pictures } from "../../catalog/pictures/pictures.tsx";
import { ownProductQuery } from "../../catalog/products/api.ts";
import { EditProduct } from "../../catalog/products/edit-product.tsx";
import { createUploadQueue } from "../../catalog/uploads/upload-queue.ts";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { UpIcon } from "../../platform/ui/work-icons.tsx";
import { useSession } from "../../session/session-query.ts";
import { productFormWords } from "../../words/product-form.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";
import classes from "./own-products.module.css";

const words = productFormWords.edit;

export function EditProductPage() {
  const { slug = "" } = useParams();
  const { notices, unsaved, uploadQueue } = useApp();
  const navigate = useNavigate();
  const user = useSession().data?.user;
  const queryClient = useQueryClient();
  const queue = uploadQueue.get(() =>
    createUploadQueue({
      queryClient,
      onAdded: (upload, items) =>
        upload.isPicture ? refreshPictures(queryClient, upload.slug) : takeContents(queryClient, upload.slug, items),
    }),
  );
  const onDone = (text: string) => notices.show({ kind: "success", text });
  const own = useQuery(ownProductQuery(slug));
  // The guard ensures a user; this narrows the type.
  if (!user) return null;
  return (
    <LoadedPage result={own} of={slug} loading={words.loading} failed={words.failed}>
      {(loaded) => (
        <>
          <p className={classes.up}>
            <Link to={paths.ownProducts} className={classes.upLink}>
              <UpIcon />
              {words.ownProducts}
            </Link>
          </p>
          <PageHeading className={classes.alone} title={words.titleOf(loaded.product.name)}>
            {words.title}
          </PageHeading>
          <EditProduct
            key={slug}
            user={user}
            loaded={loaded}
            productPath={paths.product(slug)}
            onSaved={({ name }) => notices.show({ kind: "success", text: words.saved(name) })}
            publishedHint={<NoContentsHint slug={slug} />}
            contents={
              <>
                <Pictures {...{ user, slug, queue, onDone }} />
                <Contents {...{ user, slug, queue, onDone }} />
              </>
            }
            onDeleted={({ name }) => {
              // Nothing is left to save, in the section with what buyers get neither.
              unsaved.discard();
              notices.show({ kind: "success", text: productFormWords.remove.done(name) });
              void navigate(paths.ownProducts, { replace: true });
            }}
          />
        </>
      )}
    </LoadedPage>
  );
}
