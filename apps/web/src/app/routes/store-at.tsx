import { Link } from "react-router-dom";
import { Rich } from "../../platform/ui/rich.tsx";
import { storeAtWords as words } from "../../words/store-at.ts";
import { paths } from "../paths.ts";

/** Says where the user's store is. */
export function StoreAt({ handle }: { handle: string }) {
  return <Rich text={words.text} parts={{ link: <Link to={paths.store(handle)}>@{handle}</Link> }} />;
}
