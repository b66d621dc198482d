import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { UpIcon } from "../../platform/ui/work-icons.tsx";
import { salesByCountryQuery } from "../../sales/sales/api.ts";
import { CountrySums } from "../../sales/sales/country-sums.tsx";
import { saleWords } from "../../words/sales.ts";
import { salesByCountryWords as words } from "../../words/sales-by-country.ts";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";
import sale from "./sale.module.css";
import classes from "./sales-by-country.module.css";
import { WorkPage } from "./work-page.tsx";

/** Sums of the user's store by year, country and currency, for its bookkeeping. */
export function SalesByCountryPage() {
  const sales = useQuery(salesByCountryQuery);
  return (
    <WorkPage>
      <LoadedPage result={sales} of="" loading={words.loading} failed={words.failed}>
        {(found) => (
          <div className={classes.page}>
            <div>
              <p className={sale.up}>
                <Link to={paths.sales} className={sale.upLink}>
                  <UpIcon />
                  {saleWords.page.title}
                </Link>
              </p>
              <PageHeading>{words.title}</PageHeading>
            </div>
            {found.sums.length === 0 && found.salesOfMerchants === 0 ? (
              <EmptyState drawing={<ShelfDrawing />} text={words.empty} action={null} />
            ) : (
              <CountrySums sales={found} />
            )}
          </div>
        )}
      </LoadedPage>
    </WorkPage>
  );
}
