import { catalogue } from "./catalogue.ts";

export const sessionEndWords = catalogue({
  title: "You’ll be logged out soon",
  logIn: "Log in again",
  stay: "Stay logged in",
  later: "Not now",
  final: "To continue after that, log in again.",
  kept: "What you typed here is kept.",
  keptEitherWay: "What you typed here is kept either way.",
  failed: "Something went wrong",
  over: "You may be logged out already.",
  underAMinute: "You’ll be logged out in less than a minute.",
  in: (wait: string) => `You’ll be logged out ${wait}.`,
});
