import { type ReactNode, useRef } from "react";
import { Button } from "../../platform/ui/button.tsx";

interface FileButtonProps {
  children: ReactNode;
  /** The accessible name where several buttons have the same text. */
  label?: string;
  isMultiple?: boolean;
  /** The media types that can be chosen; any if left out. */
  accept?: string;
  size?: "sm" | "md";
  onFiles: (files: readonly File[]) => void;
}

/** A button that lets the user choose files. */
export function FileButton({ children, label, isMultiple = false, accept, size = "sm", onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size={size} {...(label !== undefined && { label })} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={isMultiple}
        accept={accept}
        hidden
        aria-label={label ?? (typeof children === "string" ? children : undefined)}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
