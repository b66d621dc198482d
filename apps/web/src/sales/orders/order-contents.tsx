import type { Content, Order } from "@yumroad/contract";
import { outsideAddress } from "../../platform/lib/outside-address.ts";
import { LateMarkdown } from "../../platform/ui/late-markdown.tsx";
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

function OneContent({ content: { kind, title, body } }: { content: Content }) {
  return (
    <div className={classes.content}>
      <h3 className={classes.title}>{title}</h3>
      {kind === "note" ? <LateMarkdown text={body} headingLevel={4} /> : <OutsideLink address={body} />}
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
