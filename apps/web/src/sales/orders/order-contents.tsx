import { type BoughtContent, type Order, outsideAddress } from "@yumroad/contract";
import { Html } from "../../platform/ui/html.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { orderWords } from "../../words/orders.ts";
import classes from "./order-contents.module.css";

const words = orderWords.contents;

/** What was bought: notes to read here, and links that open beside this page. */
export function OrderContents({ order }: { order: Order }) {
  const { contents, hasAccess, items } = order;
  return (
    <div className={classes.contents}>
      <Section title={items.map(({ name }) => name).join(", ")}>
        {!hasAccess && <p>{words.accessEnded}</p>}
        {hasAccess && contents.length === 0 && <p>{words.empty}</p>}
        {contents.map((content) => (
          <OneContent key={content.id} content={content} />
        ))}
      </Section>
    </div>
  );
}

function OneContent({ content: { title, body, bodyHtml } }: { content: BoughtContent }) {
  return (
    <div className={classes.content}>
      <h3 className={classes.title}>{title}</h3>
      {bodyHtml === null ? <OutsideLink address={body} /> : <Html html={bodyHtml} />}
    </div>
  );
}

function OutsideLink({ address }: { address: string }) {
  const href = outsideAddress(address);
  if (href === "") return <p>{address}</p>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  );
}
