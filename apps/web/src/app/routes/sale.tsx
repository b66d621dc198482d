import { useQuery } from "@tanstack/react-query";
import { OrderRef } from "@yumroad/contract";
import { Link, useParams } from "react-router-dom";
import { PageHeading } from "../../components/page-heading.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
import { saleQuery } from "../../features/sales/api.ts";
import { SaleBadge } from "../../features/sales/sale-badge.tsx";
import { SaleView } from "../../features/sales/sale-view.tsx";
import { ApiError } from "../../lib/call.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./sale.module.css";

export function SalePage() {
  const { ref = "" } = useParams();
  return OrderRef.safeParse({ ref }).success ? <OwnSale key={ref} saleRef={ref} /> : <NotFoundPage />;
}

function OwnSale({ saleRef }: { saleRef: string }) {
  const { notices } = useApp();
  const sale = useQuery(saleQuery(saleRef));
  const failure = useFailure(sale, saleRef);
  if (sale.data !== undefined) {
    return (
      <>
        <p className={classes.up}>
          <Link to={paths.sales}>Sales</Link>
        </p>
        <div className={classes.head}>
          <PageHeading className={classes.title} title={`Order ${saleRef}`}>
            Order {saleRef}
          </PageHeading>
          <SaleBadge sale={sale.data} />
        </div>
        <SaleView sale={sale.data} onDone={(text) => notices.show({ kind: "success", text })} />
      </>
    );
  }
  if (sale.error instanceof ApiError && sale.error.code === "not_found") return <NotFoundPage />;
  if (failure !== null) {
    const onRetry = () => void sale.refetch();
    return <ErrorState isPage failure={failure} text="This order could not be loaded" onRetry={onRetry} />;
  }
  return <Loading label="Loading the order" />;
}
