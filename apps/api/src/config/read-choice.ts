/** Reads a setting of few words, of which the first is the fallback. */
export function readChoice<Choice extends string>(
  name: string,
  text: string,
  choices: readonly [Choice, Choice],
  faults: string[],
): Choice {
  const chosen = choices.find((choice) => choice === text);
  if (chosen === undefined) faults.push(`${name} is "${text}": use ${choices.join(", or ")}.`);
  return chosen ?? choices[0];
}
