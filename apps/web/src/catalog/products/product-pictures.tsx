import type { ShownPicture } from "@yumroad/contract";
import { useState } from "react";
import { productPageWords as words } from "../../words/product-page.ts";
import { PAGE_SIZES, srcSetOf } from "./cover.tsx";
import classes from "./product-pictures.module.css";

/** The pictures of a product: one large, and all of them small where there are several. */
export function ProductPictures({ pictures }: { pictures: readonly ShownPicture[] }) {
  const [chosen, setChosen] = useState(0);
  const picture = pictures[chosen] ?? pictures[0];
  if (!picture) return null;
  const { url, width, height, alt } = picture;
  return (
    <div>
      <img
        key={url}
        className={classes.picture}
        src={url}
        srcSet={srcSetOf(url)}
        sizes={PAGE_SIZES}
        width={width}
        height={height}
        alt={alt}
      />
      {pictures.length > 1 && (
        <ul className={classes.strip} aria-label={words.pictures}>
          {pictures.map((each, index) => (
            <li key={each.url}>
              <button
                type="button"
                className={classes.choice}
                aria-label={words.pictureOf(index + 1, each.alt)}
                aria-pressed={each === picture}
                onClick={() => setChosen(index)}
              >
                <img src={each.url.replace("-640.", "-320.")} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
