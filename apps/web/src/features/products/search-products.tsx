import { SEARCH_MAX_LENGTH } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { SearchBox } from "../../components/search-box.tsx";

const PAUSE_MS = 250;

interface SearchProductsProps {
  /** What is searched for now, as the address has it. */
  q: string;
  onSearch: (q: string) => void;
  /** Search a moment after the last letter; else only on Enter. */
  asYouType?: boolean;
}

export function SearchProducts({ q, onSearch, asYouType = false }: SearchProductsProps) {
  const [text, setText] = useState(q);
  const [lastQ, setLastQ] = useState(q);
  // What we put into the address ourselves, as long as it stands there.
  const [sent, setSent] = useState(q);
  // Back, Forward or a link changed the address: the field follows. What we sent ourselves may be behind the typing.
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
  // Only what is typed starts the pause anew.
  useEffect(() => {
    if (!asYouType || text.trim() === q) return;
    const timer = setTimeout(search, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <SearchBox label="Search products" maxLength={SEARCH_MAX_LENGTH} text={text} onChange={setText} onSubmit={search} />
  );
}
