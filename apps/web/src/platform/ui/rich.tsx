import { Fragment, type ReactNode } from "react";

/** Text between a tag and its end, the place of a value, or other text. */
const PART = /<(?<tag>\w+)>(?<words>.*?)<\/\k<tag>>|\{(?<value>\w+)\}|[^<{]+|[<{]/g;

interface RichProps {
  /** Text of the catalogue, whose tags don't contain each other. It never contains text of users. */
  text: string;
  /** The look of each `<tag>`, and each `{value}`. */
  parts: Readonly<Record<string, ReactNode | ((words: string) => ReactNode)>>;
}

/**
 * A text of the catalogue with links, emphasis or values in it, so that a sentence is one text, whose order is the
 * translator's.
 *
 * @example
 * <Rich
 *   text="New here? <a>Sign up</a> as {email}"
 *   parts={{ a: (words) => <Link to={paths.signUp}>{words}</Link>, email: <strong>{email}</strong> }}
 * />
 */
export function Rich({ text, parts }: RichProps) {
  return [...text.matchAll(PART)].map(({ 0: all, index, groups = {} }) => (
    <Fragment key={index}>{partOf(all, groups, parts)}</Fragment>
  ));
}

function partOf(
  all: string,
  { tag, words = "", value }: Record<string, string | undefined>,
  parts: RichProps["parts"],
) {
  const part = parts[tag ?? value ?? ""];
  if (typeof part === "function") return part(words);
  return part ?? (tag === undefined ? all : words);
}
