import { Textarea } from "@mantine/core";
import { AUTO_DIRECTION } from "./auto-direction.ts";
import type { FieldState } from "./use-form.ts";

interface TextAreaFieldProps {
  label: string;
  description?: string;
  rows?: number;
  field: FieldState<string>;
}

export function TextAreaField({ field, ...input }: TextAreaFieldProps) {
  return (
    <Textarea
      attributes={AUTO_DIRECTION}
      {...input}
      id={field.id}
      name={field.name}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      error={field.error}
      size="md"
      resize="vertical"
    />
  );
}
