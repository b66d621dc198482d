import { useState } from "react";
import { EyeIcon, EyeOffIcon } from "./icons.tsx";
import classes from "./password-field.module.css";
import { TextField } from "./text-field.tsx";
import type { FieldState } from "./use-form.ts";

interface PasswordFieldProps {
  field: FieldState<string>;
  autoComplete: "current-password" | "new-password";
  description?: string;
}

/** A password with a switch that shows it, and a hint when caps lock is on. */
export function PasswordField({ field, autoComplete, description }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const [isCapsLockOn, setCapsLockOn] = useState(false);
  return (
    <div>
      <TextField
        label="Password"
        {...(description === undefined ? {} : { description })}
        field={field}
        type={isShown ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        onKeyUp={(event) => setCapsLockOn(event.getModifierState("CapsLock"))}
        onBlur={() => setCapsLockOn(false)}
        rightSectionWidth={48}
        rightSection={
          <button
            type="button"
            className={classes.toggle}
            aria-pressed={isShown}
            aria-controls={field.id}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOffIcon /> : <EyeIcon />}
            <span className="visually-hidden">Show password</span>
          </button>
        }
      />
      <p className={classes.capsLock} role="status">
        {isCapsLockOn ? "Caps lock is on" : ""}
      </p>
    </div>
  );
}
