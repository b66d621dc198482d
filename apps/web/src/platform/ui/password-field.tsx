import { useState } from "react";
import { formWords as words } from "../../words/forms.ts";
import { EyeIcon, EyeOffIcon } from "./eye-icons.tsx";
import classes from "./password-field.module.css";
import { TextField } from "./text-field.tsx";
import type { FieldState } from "./use-form.ts";

interface PasswordFieldProps {
  /** Label where there are several password fields. */
  label?: string;
  field: FieldState<string>;
  autoComplete: "current-password" | "new-password";
  description?: string;
  /** Takes the focus when its dialog opens. */
  isFirst?: boolean;
}

/** A password field with a switch that reveals it, and a hint when caps lock is on. */
export function PasswordField({
  label = words.password,
  field,
  autoComplete,
  description,
  isFirst = false,
}: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const [isCapsLockOn, setCapsLockOn] = useState(false);
  return (
    <div>
      <TextField
        label={label}
        {...(description === undefined ? {} : { description })}
        field={field}
        isFirst={isFirst}
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
            <span className="visually-hidden">{words.show(label)}</span>
          </button>
        }
      />
      <p className={classes.capsLock} role="status">
        {isCapsLockOn ? words.capsLock : ""}
      </p>
    </div>
  );
}
