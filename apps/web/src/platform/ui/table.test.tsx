import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { type Column, Table } from "./table.tsx";

const columns: readonly Column<[string, number]>[] = [
  { name: "Name", cell: ([name]) => name, order: ([name]) => name },
  { name: "Sold", cell: ([, sold]) => sold, order: ([, sold]) => sold, isNumber: true },
];
const rows: readonly [string, number][] = [
  ["Moon", 9],
  ["Atlas", 10],
  ["Zine", 2],
];

const names = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent);

test("a column sorts the rows up, then down, then as they came, and says so", async () => {
  const user = userEvent.setup();
  render(<Table label="Sales" columns={columns} rows={rows} keyOf={([name]) => name} isSortable />);
  const sold = screen.getByRole("columnheader", { name: "Sold" });
  const press = () => user.click(within(sold).getByRole("button"));
  await press();
  expect(names()).toEqual(["Zine", "Moon", "Atlas"]);
  expect(sold).toHaveAttribute("aria-sort", "ascending");
  await press();
  expect(names()).toEqual(["Atlas", "Moon", "Zine"]);
  expect(sold).toHaveAttribute("aria-sort", "descending");
  await press();
  expect(names()).toEqual(["Moon", "Atlas", "Zine"]);
  expect(sold).not.toHaveAttribute("aria-sort");
  await user.click(screen.getByRole("button", { name: "Name" }));
  expect(names()).toEqual(["Atlas", "Moon", "Zine"]);
});

test("rows that are not all there can't be sorted", () => {
  render(<Table label="Sales" columns={columns} rows={rows} keyOf={([name]) => name} />);
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
