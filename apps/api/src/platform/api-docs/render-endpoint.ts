import { problems } from "@yumroad/contract";
import { apiDocsWords as words } from "../../words/api-docs.ts";
import { type Html, html } from "../lib/html.ts";
import { type Answer, bodyIn, type DescribedEndpoint, type Parameter } from "./description.ts";
import { exampleRequest } from "./make-example.ts";
import { renderField, renderSchema } from "./render-schema.ts";

/** Renders an endpoint: what it is for and who may call it, and, behind a click, all that goes in and comes out. */
export function renderEndpoint(endpoint: DescribedEndpoint, origin: string): Html {
  const { operationId, method, path, summary, parameters, requestBody, responses } = endpoint;
  const body = bodyIn(requestBody?.content);
  const answers = Object.entries(responses);
  return html`<article class="endpoint" id="${operationId}">
<h3><a href="#${operationId}"><span class="method" data-method="${method}">${method}</span> <code>${addressOf(path)}</code></a></h3>
<p>${codeIn(`${summary}.`)}</p>
<ul class="access" aria-label="${words.access}">${accessOf(endpoint).map((text) => html`<li>${text}</li>`)}</ul>
<details>
<summary>${words.details}<span class="visually-hidden"> ${words.of(`${method} ${path}`)}</span></summary>
${renderParameters(parameters)}
${body && html`<h4>${words.body}</h4>${body.schema ? renderSchema(body.schema) : html`<p class="type">${body.media}</p>`}`}
<h4>${words.exampleRequest}</h4><pre><code>${exampleRequest(endpoint, origin)}</code></pre>
<h4>${words.answers}</h4>${answers.map(([status, answer]) => renderAnswer(status, answer))}
<h4>${words.problems}</h4><ul class="problems">${answers.map(([, answer]) => renderProblems(answer))}</ul>
</details>
</article>
`;
}

/** A text with names of the API between backticks. */
function codeIn(text: string): readonly Html[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** A long address breaks before a slash. */
function addressOf(path: string): readonly Html[] {
  return path.split(/(?<=.)(?=\/)/).map((part) => html`<wbr>${part}`);
}

function accessOf(endpoint: DescribedEndpoint): string[] {
  return [
    words.who[endpoint["x-access"]],
    ...(endpoint["x-whose"] ? [words.own] : []),
    ...(endpoint["x-fresh"] ? [words.fresh] : []),
  ];
}

function renderParameters(parameters: readonly Parameter[]): Html | null {
  if (parameters.length === 0) return null;
  const byPlace = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  return html`${(["path", "query"] as const).map((place) =>
    byPlace(place).length === 0
      ? html``
      : html`<h4>${words.parameters[place]}</h4><ul class="fields">${byPlace(place).map(({ name, schema, required }) =>
          renderField(name, schema, required),
        )}</ul>`,
  )}`;
}

/** An answer that is no problem. */
function renderAnswer(status: string, { content }: Answer): Html {
  const body = bodyIn(content);
  if (body?.media === "application/problem+json") return html``;
  const says = body === null ? words.empty : body.media;
  return html`<p><strong>${status}</strong> <span class="type">${says}</span></p>
${body?.schema ? renderSchema(body.schema) : null}
${body?.example === undefined ? null : html`<pre><code>${JSON.stringify(body.example, null, 2)}</code></pre>`}`;
}

function renderProblems(answer: Answer): Html {
  const codes = answer["x-problems"] ?? [];
  return html`${codes.map(
    (code) =>
      html`<li><strong>${problems[code].status}</strong> <code>${code}</code> <span class="type">${problems[code].title}</span></li>`,
  )}`;
}
