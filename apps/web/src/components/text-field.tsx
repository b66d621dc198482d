import { TextInput } from "@mantine/core";
import type { ComponentProps } from "react";
import type { FieldState } from "./use-form.ts";

export interface TextFieldProps
  extends Pick<
    ComponentProps<"input">,
    "type" | "autoComplete" | "inputMode" | "placeholder" | "spellCheck" | "autoCapitalize"
  > {
  label: string;
  description?: string;
  field: FieldState<string>;
  isOptional?: boolean;
  rightSection?: ComponentProps<typeof TextInput>["rightSection"];
  rightSectionWidth?: number;
  onKeyUp?: ComponentProps<"input">["onKeyUp"];
  onBlur?: ComponentProps<"input">["onBlur"];
}

export function TextField({ field, isOptional = false, ...input }: TextFieldProps) {
  return (
    <TextInput
      {...input}
      id={field.id}
      name={field.name}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      error={field.error}
      required={!isOptional}
      // Everything is required unless it says otherwise, so an asterisk would say nothing.
      withAsterisk={false}
      size="md"
    />
  );
}
