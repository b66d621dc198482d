import type { ProductCard } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { CheckIcon } from "../../platform/ui/work-icons.tsx";
import { dashboardWords } from "../../words/dashboard.ts";
import { paths } from "../paths.ts";
import classes from "./getting-started.module.css";

const words = dashboardWords.steps;

// A seller with this many products needs no first steps, whatever this browser has stored.
const BEGINNERS_HAVE = 3;

interface GettingStartedProps {
  products: readonly ProductCard[];
  hasSeenStore: boolean;
  /** Null for a user without a store. */
  storePath: string | null;
}

/** The first steps with a store, until they are done. */
export function GettingStarted({ products, hasSeenStore, storePath }: GettingStartedProps) {
  const draft = products.find(({ status }) => status === "draft");
  // An archived product was published before.
  const isPublished = products.some(({ status }) => status !== "draft");
  const steps = [
    { text: words.add, to: paths.newProduct, isDone: products.length > 0 },
    {
      text: words.publish,
      to: draft === undefined ? paths.newProduct : paths.ownProduct(draft.slug),
      isDone: isPublished,
    },
    ...(storePath === null ? [] : [{ text: words.view, to: storePath, isDone: isPublished && hasSeenStore }]),
  ];
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length || (isPublished && products.length > BEGINNERS_HAVE)) return null;
  // The first step that is not done is the current one.
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <section className={classes.panel} aria-labelledby="getting-started">
      <h2 id="getting-started" className={classes.title}>
        {words.title}
      </h2>
      <p className={classes.count}>{words.count(done, steps.length)}</p>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.text} className={classes.step} data-done={step.isDone || undefined}>
            <span className={classes.mark}>{step.isDone && <CheckIcon />}</span>
            <span>
              {step === next ? <Link to={step.to}>{step.text}</Link> : step.text}
              {step.isDone && <span className="visually-hidden">{words.done}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
