import { useQuery } from "@tanstack/react-query";
import { Message } from "../../platform/ui/message.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import textButton from "../../platform/ui/text-button.module.css";
import { contentWords } from "../../words/contents.ts";
import { contentsQuery } from "./api.ts";

/** The buttons that add a content: the hint leads to them. */
export const ADD_CONTENT_ID = "add-content";

/** Tells the seller of a product on sale that its buyers get nothing yet. Renders nothing until that is known. */
export function NoContentsHint({ slug }: { slug: string }) {
  const contents = useQuery(contentsQuery(slug));
  if (contents.data?.items.length !== 0) return null;
  return (
    <Message>
      <Rich
        text={contentWords.hint}
        parts={{
          a: (text) => (
            <button
              type="button"
              className={textButton.button}
              onClick={() => document.getElementById(ADD_CONTENT_ID)?.focus()}
            >
              {text}
            </button>
          ),
        }}
      />
    </Message>
  );
}
