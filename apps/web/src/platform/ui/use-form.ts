import { type FieldFault, type InputIssue, type ProblemCode, readFault } from "@yumroad/contract";
import { type FormEvent, useId, useRef, useState } from "react";
import { formWords } from "../../words/forms.ts";
import { type FaultTexts, validationWords } from "../../words/validation.ts";
import { AbortedError, ApiError } from "../lib/call.ts";
import { explain } from "../lib/explain.ts";

/** The state of a field: its value, its problem, and its change handler. */
export interface FieldState<Value> {
  id: string;
  name: string;
  value: Value;
  error: string | null;
  set(value: Value): void;
}

type Values = Record<string, string | boolean>;

export type Checked<Input> = { ok: true; input: Input } | { ok: false; issues: readonly FieldFault[] };

/** The problems of the form and of its fields; `attempt` counts failed submits. */
export interface FormProblem {
  attempt: number;
  text: string;
  fields: readonly { id: string; message: string }[];
}

interface FormOptions<V extends Values, Input> {
  initial: V;
  /** Validates the values by the contract's rules. */
  check(values: V): Checked<Input>;
  submit(input: Input): Promise<unknown>;
  /** The field that a problem as a whole belongs to. */
  fieldOfProblem?: Partial<Record<ProblemCode, keyof V & string>>;
  /** Texts of problems in this form, in place of the usual ones. */
  textOfProblem?: Partial<Record<ProblemCode, string>>;
  /** Texts of faults that only this form has. */
  faultTexts?: FaultTexts;
  /** Hints added to the texts of problems. */
  hintOfProblem?: Partial<Record<ProblemCode, string>>;
  /** The form stays open after it was sent and can be sent again. */
  isReusable?: boolean;
}

export const FAULTS_TEXT = formWords.faults;

/**
 * A form whose rules come from the contract. Problems, found here or by the server, are shown at their fields. Repeated
 * submits send one request at a time.
 */
export function useForm<V extends Values, Input>(options: FormOptions<V, Input>) {
  const { initial, check, submit, faultTexts = {}, isReusable = false } = options;
  const { idOf, errors, problem, fail, forgive, clear } = useProblems(initial);
  const [values, setValues] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  // A ref, because state is too slow for a double click: both clicks would see an idle form.
  const isLocked = useRef(false);

  function unlock() {
    isLocked.current = false;
    setBusy(false);
  }

  async function run(overrides: Partial<V> = {}) {
    if (isLocked.current) return;
    const checked = check({ ...values, ...overrides });
    if (!checked.ok) {
      const issues = checked.issues.map(({ path, message }) => ({ path, message: wordsOf(message, faultTexts) }));
      return fail({ text: FAULTS_TEXT, issues });
    }
    isLocked.current = true;
    setBusy(true);
    try {
      await submit(checked.input);
      clear();
      // Otherwise it stays locked, because it is about to be left and must not send again.
      if (isReusable) unlock();
    } catch (error) {
      unlock();
      if (!isDealtWith(error)) fail(toFault(error, options));
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

/** A failed submit: a text about all of it, and the issues of fields. */
interface Fault {
  text: string;
  issues: readonly FieldFault[];
}

/** The problems that the form shows, from a failed submit until its fields are changed. */
function useProblems(initial: Values) {
  const formId = useId();
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [problem, setProblem] = useState<(FormProblem & { isOfFields: boolean }) | null>(null);
  const idOf = (name: string) => `${formId}-${name}`;
  return {
    idOf,
    errors,
    problem,
    fail({ text, issues }: Fault) {
      const found: Partial<Record<string, string>> = {};
      const elsewhere: string[] = [];
      for (const { path, message } of issues) {
        const name = String(path[0] ?? "");
        if (Object.hasOwn(initial, name)) found[name] ??= message;
        else elsewhere.push(message);
      }
      setErrors(found);
      const fields = Object.entries(found).map(([name, message]) => ({ id: idOf(name), message: message ?? "" }));
      setProblem((last) => ({
        attempt: (last?.attempt ?? 0) + 1,
        text: [text, ...elsewhere].join(". "),
        fields,
        isOfFields: fields.length > 0 && elsewhere.length === 0,
      }));
    },
    /** Clears a field's problem when it is changed, at the field and in the summary. */
    forgive(name: string) {
      setErrors(({ [name]: _, ...others }) => others);
      setProblem((last) => {
        const fields = last?.fields.filter(({ id }) => id !== idOf(name)) ?? [];
        return last?.isOfFields && fields.length === 0 ? null : last && { ...last, fields };
      });
    },
    clear() {
      setErrors({});
      setProblem(null);
    },
  };
}

type Texts<V extends Values> = Pick<
  FormOptions<V, unknown>,
  "fieldOfProblem" | "textOfProblem" | "hintOfProblem" | "faultTexts"
>;

function toFault<V extends Values>(
  error: unknown,
  { fieldOfProblem, textOfProblem, hintOfProblem, faultTexts = {} }: Texts<V>,
): Fault {
  if (!(error instanceof ApiError)) return { text: explain(error), issues: [] };
  if (error.code === "invalid_input")
    return { text: FAULTS_TEXT, issues: error.issues.map((issue) => inOurWords(issue, faultTexts)) };
  const field = fieldOfProblem?.[error.code];
  const text = textOfProblem?.[error.code];
  return {
    text: [text ?? explain(error), hintOfProblem?.[error.code]].filter(Boolean).join(" "),
    issues: field === undefined ? [] : [{ path: [field], message: text ?? error.message }],
  };
}

// The end of the session is handled for the whole app: the login page is about to replace this form. After a cancelled
// re-authentication the form stays as it was.
function isDealtWith(error: unknown): boolean {
  return error instanceof AbortedError || (error instanceof ApiError && error.code === "unauthenticated");
}

/** The page's words for a fault of the contract; other messages are words of the page already. */
function wordsOf(message: string, more: FaultTexts): string {
  const fault = readFault(message);
  return fault === null ? message : validationWords.textOf(fault, more, message);
}

/** A fault that the server found. */
function inOurWords({ path, message, ...fault }: InputIssue, more: FaultTexts): FieldFault {
  return { path, message: validationWords.textOf(fault, more, message) };
}
