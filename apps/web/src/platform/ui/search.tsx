import { SEARCH_MAX_LENGTH } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { SearchBox } from "./search-box.tsx";

const PAUSE_MS = 250;

interface SearchProps {
  label: string;
  /** The current search, from the address. */
  q: string;
  onSearch: (q: string) => void;
  /** Searches shortly after the last letter; otherwise only on Enter. */
  asYouType?: boolean;
}

/** A search whose words are in the address. */
export function Search({ label, q, onSearch, asYouType = false }: SearchProps) {
  const [text, setText] = useState(q);
  const [lastQ, setLastQ] = useState(q);
  // The last search that this component put into the address.
  const [sent, setSent] = useState(q);
  // Back, Forward or a link changed the address, so the field follows. The component's own search may lag behind the
  // input.
  if (q !== lastQ) {
    setLastQ(q);
    if (q !== sent) {
      setSent(q);
      setText(q);
    }
  }
  function search() {
    setSent(text.trim());
    onSearch(text.trim());
  }
  // Only input restarts the delay.
  useEffect(() => {
    if (!asYouType || text.trim() === q) return;
    const timer = setTimeout(search, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <SearchBox label={label} maxLength={SEARCH_MAX_LENGTH} text={text} onChange={setText} onSubmit={search} />;
}
