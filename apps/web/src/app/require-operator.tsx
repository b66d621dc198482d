import { Outlet } from "react-router-dom";
import { useSession } from "../session/session-query.ts";
import { NotFoundPage } from "./routes/not-found.tsx";

/** Wraps every page for operators. */
export function RequireOperator() {
  return useSession().data?.user?.isOperator ? <Outlet /> : <NotFoundPage />;
}
