import type { ContentTitle } from "@yumroad/contract";
import { useId } from "react";
import { formatBytes } from "../../platform/lib/format.ts";
import { FileIcon, LinkIcon, NoteIcon } from "../../platform/ui/icons.tsx";
import { productPageWords as words } from "../../words/product-page.ts";
import classes from "./product-contents.module.css";

const ICONS = { note: <NoteIcon />, link: <LinkIcon />, file: <FileIcon /> };

/** More would push the button out of a window of usual height. */
const MOST = 6;

/** What buyers of a product get, before they pay: each part by its title and its kind. */
export function ProductContents({ contents }: { contents: readonly ContentTitle[] }) {
  const id = useId();
  const rest = contents.length > MOST ? contents.length - MOST + 1 : 0;
  return (
    <section className={classes.contents} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {words.contents}
      </h2>
      <ul className={classes.list}>
        {contents.slice(0, contents.length - rest).map(({ kind, title, file }, index) => (
          <li key={index} className={classes.part}>
            {ICONS[kind]}
            <span dir="auto" className={classes.name}>
              {title}
            </span>
            <span className={classes.kind}>
              {file ? words.formatAndSize(file.format, formatBytes(file.size)) : words.kinds[kind]}
            </span>
          </li>
        ))}
        {rest > 0 && <li className={classes.kind}>{words.andMore(rest)}</li>}
      </ul>
    </section>
  );
}
