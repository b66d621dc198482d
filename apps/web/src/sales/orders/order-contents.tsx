import { type BoughtContent, type ContentFile, type Order, outsideAddress } from "@yumroad/contract";
import { formatBytes, formatDate } from "../../platform/lib/format.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Html } from "../../platform/ui/html.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { orderWords } from "../../words/orders.ts";
import { useDownload } from "./api.ts";
import classes from "./order-contents.module.css";

const words = orderWords.contents;

/** What was bought: files to download, notes to read here, and links that open beside this page. */
export function OrderContents({ order }: { order: Order }) {
  const { contents, hasAccess, items } = order;
  return (
    <div className={classes.contents}>
      <Section title={items.map(({ name }) => name).join(", ")}>
        {!hasAccess && <p>{words.accessEnded}</p>}
        {hasAccess && contents.length === 0 && <p>{words.empty}</p>}
        {contents.map((content) => (
          <OneContent key={content.id} orderRef={order.ref} content={content} />
        ))}
      </Section>
    </div>
  );
}

function OneContent({ orderRef, content }: { orderRef: string; content: BoughtContent }) {
  const { id, title, body, bodyHtml, file } = content;
  if (file !== null) return <OneFile orderRef={orderRef} id={id} title={title} file={file} />;
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

interface OneFileProps {
  orderRef: string;
  /** The content's. */
  id: string;
  title: string;
  file: ContentFile;
}

function OneFile({ orderRef, id, title, file }: OneFileProps) {
  const { name, size, version, addedAt, sha256, state } = file;
  const download = useDownload(orderRef);
  const facts = [name, formatBytes(size), ...(version > 1 ? [words.newVersion(formatDate(addedAt))] : [])];
  return (
    <div className={classes.link}>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.address}>
        <p dir="auto">{facts.join(" · ")}</p>
        {sha256 !== null && (
          <details className={classes.checksum}>
            <summary>{words.checksum}</summary>
            <code>{sha256}</code>
          </details>
        )}
        {state === "checking" && <p>{words.checking}</p>}
        {(state === "refused" || state === "damaged") && <p>{words.refused}</p>}
        <ActionProblem error={download.error} text={words.downloadFailed} />
      </div>
      {state === "ready" && (
        <div className={classes.open}>
          <Button
            look="primary"
            size="lg"
            isBusy={download.isPending}
            label={words.downloadOne(title)}
            onClick={() => download.mutate(id)}
          >
            {words.download}
          </Button>
        </div>
      )}
    </div>
  );
}
