import { formWords as words } from "../../words/forms.ts";
import { Message } from "./message.tsx";
import classes from "./text-button.module.css";

/** Says that the form was filled with an earlier draft, and offers to discard it. */
export function KeptMessage({ text, onStartOver }: { text: string; onStartOver: () => void }) {
  return (
    <Message>
      {words.kept}{" "}
      <button type="button" className={classes.button} onClick={onStartOver}>
        {text}
      </button>
    </Message>
  );
}
