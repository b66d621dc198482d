import { SearchIcon } from "./icons.tsx";
import classes from "./search-box.module.css";

interface SearchBoxProps {
  label: string;
  maxLength: number;
  text: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
}

export function SearchBox({ label, maxLength, text, onChange, onSubmit }: SearchBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers of 2022 do not know <search>, and all know the role
    <form
      role="search"
      // There may be two on a page.
      aria-label={label}
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <SearchIcon />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={maxLength}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </form>
  );
}
