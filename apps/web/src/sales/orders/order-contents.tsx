import { type BoughtContent, type Order, outsideAddress } from "@yumroad/contract";
import { LinkButton } from "../../platform/ui/button.tsx";
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

function OneContent({ content }: { content: BoughtContent }) {
  const { title, body, bodyHtml } = content;
  if (bodyHtml === null) return <OneLink title={title} address={body} />;
  return (
    <div className={classes.content}>
      <h3 className={classes.title}>{title}</h3>
      <Html html={bodyHtml} />
    </div>
  );
}

function OneLink({ title, address }: { title: string; address: string }) {
  const href = outsideAddress(address);
  return (
    <div className={classes.link}>
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.address}>{address}</p>
      {href !== "" && (
        <div className={classes.open}>
          <LinkButton to={href} target="_blank" rel="noopener noreferrer" look="primary" size="lg">
            {words.open} <span className="visually-hidden">{title}</span>
          </LinkButton>
        </div>
      )}
    </div>
  );
}
