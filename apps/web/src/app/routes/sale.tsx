import { useQuery } from "@tanstack/react-query";
import { OrderRef } from "@yumroad/contract";
import { Link, useParams } from "react-router-dom";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { UpIcon } from "../../platform/ui/work-icons.tsx";
import { saleQuery } from "../../sales/sales/api.ts";
import { SaleBadge } from "../../sales/sales/sale-badge.tsx";
import { SaleView } from "../../sales/sales/sale-view.tsx";
import { SaleWithdrawals } from "../../sales/withdrawals/sale-withdrawals.tsx";
import { saleWords } from "../../words/sales.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./sale.module.css";
import { WorkPage } from "./work-page.tsx";

const words = saleWords.salePage;

export function SalePage() {
  const { ref = "" } = useParams();
  return OrderRef.safeParse({ ref }).success ? <OwnSale key={ref} saleRef={ref} /> : <NotFoundPage />;
}

function OwnSale({ saleRef }: { saleRef: string }) {
  const { notices } = useApp();
  const sale = useQuery(saleQuery(saleRef));
  const onDone = (text: string) => notices.show({ kind: "success", text });
  return (
    <WorkPage>
      <LoadedPage result={sale} of={saleRef} loading={words.loading} failed={words.failed}>
        {(found) => (
          <>
            <p className={classes.up}>
              <Link to={paths.sales} className={classes.upLink}>
                <UpIcon />
                {saleWords.page.title}
              </Link>
            </p>
            <div className={classes.head}>
              <PageHeading className={classes.title} title={words.title(saleRef)}>
                {words.title(saleRef)}
              </PageHeading>
              <SaleBadge sale={found} />
            </div>
            <SaleView sale={found} onDone={onDone}>
              <SaleWithdrawals sale={found} onDone={onDone} />
            </SaleView>
          </>
        )}
      </LoadedPage>
    </WorkPage>
  );
}
