import type { FieldState } from "./use-form.ts";

/** A field that also tells its changes to the outside of its form. */
export function toldField<Value>(field: FieldState<Value>, tell: (value: Value) => void): FieldState<Value> {
  return {
    ...field,
    set(value) {
      field.set(value);
      tell(value);
    },
  };
}
