import type { InputIssue, ProblemCode } from "@yumroad/contract";
import { type FormEvent, useId, useRef, useState } from "react";
import { AbortedError, ApiError } from "../lib/call.ts";
import { explain } from "../lib/explain.ts";

/** What a field needs to show itself: its value, what is wrong with it, and how to change it. */
export interface FieldState<Value> {
  id: string;
  name: string;
  value: Value;
  error: string | null;
  set(value: Value): void;
}

type Values = Record<string, string | boolean>;

export type Checked<Input> = { ok: true; input: Input } | { ok: false; issues: readonly InputIssue[] };

/** What is wrong with the form as a whole, and with which fields; `attempt` counts the failed tries. */
export interface FormProblem {
  attempt: number;
  text: string;
  fields: readonly { id: string; message: string }[];
}

interface FormOptions<V extends Values, Input> {
  initial: V;
  /** The contract's rules, applied to what was typed. */
  check(values: V): Checked<Input>;
  submit(input: Input): Promise<unknown>;
  /** Which field a refusal as a whole is about. */
  fieldOfProblem?: Partial<Record<ProblemCode, keyof V & string>>;
  /** What a refusal means here, where its own words say something else. */
  textOfProblem?: Partial<Record<ProblemCode, string>>;
  /** What else is to be said of a refusal, after its own words. */
  hintOfProblem?: Partial<Record<ProblemCode, string>>;
  /** The form stays open once it was sent, and may be sent again. */
  isReusable?: boolean;
}

export const FAULTS_TEXT = "Please check what is marked below";

/**
 * A form whose rules come from the contract and whose faults, found here or by the server, are shown at their fields.
 * It sends one request at a time, however often it is submitted.
 */
export function useForm<V extends Values, Input>({
  initial,
  check,
  submit,
  fieldOfProblem = {},
  textOfProblem = {},
  hintOfProblem = {},
  isReusable = false,
}: FormOptions<V, Input>) {
  const formId = useId();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [problem, setProblem] = useState<(FormProblem & { isOfFields: boolean }) | null>(null);
  const [isBusy, setBusy] = useState(false);
  // State is too slow for a double click: both clicks would see that nothing is under way.
  const isLocked = useRef(false);
  const idOf = (name: string) => `${formId}-${name}`;

  function fail(text: string, issues: readonly InputIssue[]) {
    const found: Partial<Record<string, string>> = {};
    const elsewhere: string[] = [];
    for (const { path, message } of issues) {
      const name = String(path[0] ?? "");
      if (Object.hasOwn(initial, name)) found[name] ??= message;
      else elsewhere.push(message);
    }
    setErrors(found);
    const fields = Object.entries(found).map(([name, message]) => ({ id: idOf(name), message: message ?? "" }));
    const isOfFields = fields.length > 0 && elsewhere.length === 0;
    setProblem((last) => ({
      attempt: (last?.attempt ?? 0) + 1,
      text: [text, ...elsewhere].join(". "),
      fields,
      isOfFields,
    }));
  }

  /** Whoever changes a field is told no more of what was wrong with it: neither there nor in the summary. */
  function forgive(name: string) {
    setErrors(({ [name]: _, ...others }) => others);
    setProblem((last) => {
      const fields = last?.fields.filter(({ id }) => id !== idOf(name)) ?? [];
      return last?.isOfFields && fields.length === 0 ? null : last && { ...last, fields };
    });
  }

  function failAs(error: unknown) {
    if (!(error instanceof ApiError)) return fail(explain(error), []);
    if (error.code === "invalid_input") return fail(FAULTS_TEXT, error.issues);
    const field = fieldOfProblem[error.code];
    const text = textOfProblem[error.code];
    const words = [text ?? explain(error), hintOfProblem[error.code]].filter(Boolean).join(" ");
    fail(words, field === undefined ? [] : [{ path: [field], message: text ?? error.message }]);
  }

  function unlock() {
    isLocked.current = false;
    setBusy(false);
  }

  async function run(overrides: Partial<V> = {}) {
    if (isLocked.current) return;
    const checked = check({ ...values, ...overrides });
    if (!checked.ok) return fail(FAULTS_TEXT, checked.issues);
    isLocked.current = true;
    setBusy(true);
    try {
      await submit(checked.input);
      setErrors({});
      setProblem(null);
      // Else it stays locked: it is about to be left, and until then must not send again.
      if (isReusable) unlock();
    } catch (error) {
      unlock();
      if (!isDealtWith(error)) failAs(error);
    }
  }

  return {
    values,
    problem,
    isBusy,
    setValues,
    field<Name extends keyof V & string>(name: Name): FieldState<V[Name]> {
      return {
        id: idOf(name),
        name,
        value: values[name],
        error: errors[name] ?? null,
        set(value) {
          setValues((last) => ({ ...last, [name]: value }));
          forgive(name);
        },
      };
    },
    submit: run,
    onSubmit(event: FormEvent) {
      event.preventDefault();
      void run();
    },
  };
}

// The end of the session is dealt with for the whole app: this form is about to be replaced by the log-in page. And
// whoever would rather not prove that it is them finds the form as they left it.
function isDealtWith(error: unknown): boolean {
  return error instanceof AbortedError || (error instanceof ApiError && error.code === "unauthenticated");
}
