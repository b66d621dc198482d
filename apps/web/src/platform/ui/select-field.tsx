import { NativeSelect } from "@mantine/core";
import type { FieldState } from "./use-form.ts";

interface SelectFieldProps {
  label: string;
  options: readonly (string | { value: string; label: string })[];
  description?: string;
  field: FieldState<string>;
}

/** The browser's own select, which works with every keyboard, phone and screen reader, and costs no code. */
export function SelectField({ field, label, options, description }: SelectFieldProps) {
  return (
    <NativeSelect
      label={label}
      description={description}
      id={field.id}
      name={field.name}
      data={[...options]}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      error={field.error}
      size="md"
    />
  );
}
