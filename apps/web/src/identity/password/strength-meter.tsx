import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { newPasswordWords as words } from "../../words/new-password.ts";
import classes from "./strength-meter.module.css";

const SCORES = [words.score0, words.score1, words.score2, words.score3, words.score4] as const;

/** The strength of a new password in words and as a bar. It only advises; the server decides what is refused. */
export function StrengthMeter({ password, context }: { password: string; context: readonly string[] }) {
  const [settled] = useDebouncedValue(password, 200);
  const [score, setScore] = useState<number | null>(null);
  const contextText = context.join("\n");
  useEffect(() => {
    let isOutdated = false;
    async function measure() {
      if (settled === "") return setScore(null);
      try {
        const { passwordStrength } = await import("./password-strength.ts");
        if (!isOutdated) setScore(passwordStrength(settled, contextText.split("\n")));
      } catch {
        // It could not be loaded. The form works without the meter.
      }
    }
    void measure();
    return () => {
      isOutdated = true;
    };
  }, [settled, contextText]);

  if (score === null || password === "") return null;
  return (
    <div className={classes.meter} data-score={score}>
      <div className={classes.bar} aria-hidden="true">
        {SCORES.slice(1).map((word, index) => (
          <span key={word} data-filled={index < Math.max(1, score) || undefined} />
        ))}
      </div>
      <p role="status">
        <span className="visually-hidden">{words.strength}</span>
        {SCORES[score]}
      </p>
    </div>
  );
}
