import { Checkbox } from "@mantine/core";
import type { FieldState } from "./use-form.ts";

export function CheckboxField({
  label,
  description,
  field,
}: {
  label: string;
  description?: string;
  field: FieldState<boolean>;
}) {
  return (
    <Checkbox
      label={label}
      description={description}
      id={field.id}
      name={field.name}
      checked={field.value}
      onChange={(event) => field.set(event.currentTarget.checked)}
      error={field.error}
    />
  );
}
