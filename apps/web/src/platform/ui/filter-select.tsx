import { NativeSelect } from "@mantine/core";
import classes from "./filter-select.module.css";

interface FilterSelectProps<Value extends string> {
  label: string;
  /** Null: all. */
  value: Value | null;
  /** The words for all. */
  all: string;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | null) => void;
}

/** Narrows a list to those of one kind. */
export function FilterSelect<Value extends string>({ label, value, all, options, onChange }: FilterSelectProps<Value>) {
  return (
    <NativeSelect
      aria-label={label}
      data={[{ value: "", label: all }, ...options]}
      value={value ?? ""}
      onChange={({ currentTarget }) =>
        onChange(options.find((one) => one.value === currentTarget.value)?.value ?? null)
      }
      classNames={{ input: classes.input ?? "" }}
      size="md"
    />
  );
}
