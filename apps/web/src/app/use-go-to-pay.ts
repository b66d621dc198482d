import { useNavigate } from "react-router-dom";
import { pageAt, pages } from "./pages.ts";

/** Returns the function that goes to the page of the payment provider: on another site, except in the demo. */
export function useGoToPay(): (payAt: string) => void {
  const navigate = useNavigate();
  return (payAt) => {
    const { origin, pathname } = new URL(payAt, window.location.origin);
    const isOfDemo = origin === window.location.origin && pageAt(pathname) === pages.demoPay;
    if (isOfDemo) void navigate(pathname);
    else window.location.assign(payAt);
  };
}
