import { Outlet } from "react-router-dom";
import { useSession } from "../session/session-query.ts";
import { useMaySell } from "../shop/api.ts";
import { NotASellerPage } from "./routes/not-a-seller.tsx";

/** Wraps every page for sellers. While the kind of the shop is unknown, the page shows, and the server decides. */
export function RequireSeller() {
  const user = useSession().data?.user ?? null;
  return useMaySell(user) === false ? <NotASellerPage /> : <Outlet />;
}

/** Wraps the pages of orders: they stay open to the owner of a store who may sell nothing more. */
export function RequireSellerOrStore() {
  const user = useSession().data?.user ?? null;
  return useMaySell(user) === false && user?.store == null ? <NotASellerPage /> : <Outlet />;
}
