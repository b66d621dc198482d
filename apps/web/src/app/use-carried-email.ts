import { useState } from "react";
import { useApp } from "./app-context.ts";

/** The email that was typed on the account page before, until another one is typed here. */
export function useCarriedEmail(): [email: string, setEmail: (email: string) => void] {
  const { carriedEmail } = useApp();
  const [email, setEmail] = useState(carriedEmail.get);
  return [
    email,
    (typed) => {
      carriedEmail.set(typed);
      setEmail(typed);
    },
  ];
}
