import { PASSWORD_LENGTH } from "@yumroad/contract";
import { catalogue } from "./catalogue.ts";

export const newPasswordWords = catalogue({
  hint: `At least ${PASSWORD_LENGTH.min} characters. A few random words work well.`,
  strength: "Password strength: ",
  /** From the weakest to the strongest. */
  score0: "Very easy to guess",
  score1: "Easy to guess",
  score2: "Could be better",
  score3: "Good",
  score4: "Very good",
});
