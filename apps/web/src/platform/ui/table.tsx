import { type ReactNode, useState } from "react";
import classes from "./table.module.css";
import { SortIcon } from "./work-icons.tsx";

export interface Column<Row> {
  /** Its heading; beside each value where the rows are cards. */
  name: string;
  cell: (row: Row) => ReactNode;
  /** Stands at the end, digit below digit. */
  isNumber?: boolean;
  /** Holds the row's menu: its heading is hidden, and on a phone it is in the card's corner. */
  isMenu?: boolean;
  /** What rows are sorted by. Left out: the column is not sorted. */
  order?: (row: Row) => string | number;
}

interface TableProps<Row> {
  label: string;
  /** The first one names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Rows have a picture: the values stand at half its height. */
  hasPictures?: boolean;
  /** False where not all rows are loaded: then an order of some of them says nothing. */
  isSortable?: boolean;
}

interface Sorting {
  name: string;
  direction: "ascending" | "descending";
}

/** A dense table, whose columns sort its rows. On a phone each row is a card. */
export function Table<Row>({ label, columns, rows, keyOf, hasPictures = false, isSortable = false }: TableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const order = isSortable ? columns.find(({ name }) => name === sorting?.name)?.order : undefined;
  const shown = order === undefined || sorting === null ? rows : sorted(rows, order, sorting.direction);
  return (
    <div className={classes.box}>
      <table className={classes.table} aria-label={label} data-pictures={hasPictures || undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading
                key={column.name}
                column={column}
                isSortable={isSortable && column.order !== undefined}
                direction={sorting?.name === column.name ? sorting.direction : null}
                onSort={() => setSorting(nextSorting(sorting, column.name))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, isNumber = false, isMenu = false }, index) => (
                <td
                  key={name}
                  data-name={index === 0 || isMenu ? undefined : name}
                  data-number={isNumber || undefined}
                  data-menu={isMenu || undefined}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  isSortable: boolean;
  direction: Sorting["direction"] | null;
  onSort: () => void;
}

function Heading<Row>({
  column: { name, isNumber = false, isMenu = false },
  isSortable,
  direction,
  onSort,
}: HeadingProps<Row>) {
  return (
    <th scope="col" data-number={isNumber || undefined} aria-sort={direction ?? undefined}>
      {isSortable ? (
        <button type="button" className={classes.sort} onClick={onSort}>
          {name}
          <SortIcon />
        </button>
      ) : (
        <span className={isMenu ? "visually-hidden" : undefined}>{name}</span>
      )}
    </th>
  );
}

/** Up, then down, then as it came. */
function nextSorting(sorting: Sorting | null, name: string): Sorting | null {
  if (sorting?.name !== name) return { name, direction: "ascending" };
  return sorting.direction === "ascending" ? { name, direction: "descending" } : null;
}

function sorted<Row>(rows: readonly Row[], order: (row: Row) => string | number, direction: Sorting["direction"]) {
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => sign * compare(order(a), order(b)));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
