import { FilterSelect } from "../../platform/ui/filter-select.tsx";
import { Search } from "../../platform/ui/search.tsx";
import type { ListInAddress } from "../use-list-in-address.ts";
import classes from "./list-tools.module.css";

interface ListToolsProps<Status extends string> {
  list: ListInAddress<Status>;
  words: { search: string; status: string; all: string };
  statuses: readonly { value: Status; label: string }[];
}

/** The search and the filter above a list. */
export function ListTools<Status extends string>({ list, words, statuses }: ListToolsProps<Status>) {
  return (
    <div className={classes.tools}>
      <Search label={words.search} q={list.q} onSearch={list.search} asYouType />
      <FilterSelect
        label={words.status}
        value={list.status}
        all={words.all}
        options={statuses}
        onChange={list.filter}
      />
    </div>
  );
}
