import { TextInput } from "@mantine/core";
import type { ComponentProps } from "react";
import { AUTO_DIRECTION } from "./auto-direction.ts";
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
  /** Takes the focus when its dialog opens. */
  isFirst?: boolean;
  rightSection?: ComponentProps<typeof TextInput>["rightSection"];
  rightSectionWidth?: number;
  onKeyUp?: ComponentProps<"input">["onKeyUp"];
  onBlur?: ComponentProps<"input">["onBlur"];
}

export function TextField({ field, isOptional = false, isFirst = false, ...input }: TextFieldProps) {
  return (
    <TextInput
      attributes={AUTO_DIRECTION}
      {...input}
      id={field.id}
      name={field.name}
      value={field.value}
      onChange={(event) => field.set(event.currentTarget.value)}
      error={field.error}
      data-autofocus={isFirst || undefined}
      required={!isOptional}
      // All fields are required unless marked otherwise, so an asterisk would say nothing.
      withAsterisk={false}
      size="md"
    />
  );
}
