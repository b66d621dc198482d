import { apiDocsWords as words } from "../../words/api-docs.ts";
import { type Html, html } from "../lib/html.ts";
import { type DescribedEndpoint, endpointsIn } from "./description.ts";
import { renderEndpoint } from "./render-endpoint.ts";

interface Reference {
  description: Parameters<typeof endpointsIn>[0];
  /** The shop's public address. */
  origin: string;
  shopName: string | null;
}

/** Renders the body of the page about the API: the shop's header, how to call it, and each endpoint by its area. */
export function renderPage({ description, origin, shopName }: Reference): Html {
  const areas = [...Map.groupBy(endpointsIn(description), ({ tags: [tag] }) => tag)];
  return html`<a class="skip" href="#main">${words.skip}</a>
${renderHeader(shopName)}
<main class="page" id="main" tabindex="-1">
<div class="guide">${renderGuide(origin)}</div>
<nav class="areas" aria-label="${words.areas}"><ul>${areas.map(
    ([tag, endpoints]) => html`<li><a href="#${tag}">${titleOf(tag)} <span>${endpoints.length}</span></a></li>`,
  )}</ul></nav>
<div class="reference">
<form class="filter" role="search" hidden><label for="filter">${words.filter}</label><input id="filter" type="search" autocomplete="off" spellcheck="false"></form>
<p class="found" role="status" data-one="${words.found("?", 1)}" data-many="${words.found("?", 2)}"></p>
${areas.map(([tag, endpoints]) => renderArea(tag, endpoints, origin))}
</div>
</main>
`;
}

function renderHeader(shopName: string | null): Html {
  return html`<header class="header"><div class="bar">
<a class="name" href="/"><svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect class="ground" width="32" height="32" rx="9"/><path class="road" d="M9 8l7 8.500V25M23 8l-7 8.500"/><circle class="crossing" cx="16" cy="16.500" r="1.700"/></svg> <span>${shopName ?? words.home}</span></a>
<nav aria-label="${words.main}"><a href="/products">${words.browse}</a></nav>
</div></header>`;
}

function renderGuide(origin: string): Html {
  const logIn = `curl '${origin}/api/auth/login' \\
  -c cookies.txt \\
  -H 'Content-Type: application/json' \\
  -d '{"email": "EMAIL", "password": "PASSWORD"}'`;
  return html`<h1>${words.title}</h1>
<p class="lead">${words.guide.lead}</p>
<p><a href="/api/openapi.json">${words.guide.openapi}</a></p>
<h2>${words.guide.logIn}</h2><p>${words.guide.cookie}</p><pre><code>${logIn}</code></pre>
<h2>${words.guide.rules}</h2><ul>${words.guide.ruleList(origin).map((rule) => html`<li>${rule}</li>`)}</ul>`;
}

function renderArea(tag: string, endpoints: readonly DescribedEndpoint[], origin: string): Html {
  return html`<section class="area" aria-labelledby="${tag}"><h2 id="${tag}">${titleOf(tag)}</h2>
${endpoints.map((endpoint) => renderEndpoint(endpoint, origin))}</section>
`;
}

function titleOf(tag: string): string {
  return words.titles[tag] ?? tag;
}
