import { Redirect } from "../../components/redirect.tsx";
import { paths } from "../paths.ts";

/** There is nothing but products to look after yet. */
export function DashboardPage() {
  return <Redirect to={paths.ownProducts} />;
}
