// Shows the OpenAPI document of a keyspace, or of all, as the caller sees it whose credentials are in the form. They
// are kept nowhere else, and go to this Ringlet alone.
"use strict";

(() => {
  const form = document.getElementById("form");
  const { keyspace, header, credentials } = form.elements;
  const problem = document.getElementById("problem");
  const ui = document.getElementById("ui");
  const root = new URL("v1", document.baseURI);
  let wanted = new URLSearchParams(location.search).get("keyspace") ?? "";

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const followDark = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", followDark);
  followDark();

  // Swagger UI's own dialog wins: a request has credentials of one kind.
  function authenticate(request) {
    const given = credentials.value.trim();
    const names = Object.keys(request.headers).map((name) => name.toLowerCase());
    const here = new URL(request.url, document.baseURI).origin === root.origin;
    if (given && here && !names.includes("authorization") && !names.includes("x-api-key")) {
      request.headers[header.value] = header.value === "Authorization" ? `Bearer ${given}` : given;
    }
    return request;
  }

  async function keyspaces() {
    const { headers } = authenticate({ url: root.href, headers: {} });
    const answer = await fetch(root, { headers });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error([body.detail, body.hint].filter(Boolean).join(" "));
    }
    return body.keyspaces;
  }

  function offer(names) {
    keyspace.length = 1;
    names.forEach((name) => keyspace.add(new Option(name)));
    keyspace.value = names.includes(wanted) ? wanted : "";
  }

  async function show() {
    problem.textContent = "";
    ui.replaceChildren();
    try {
      offer(await keyspaces());
    } catch (e) {
      problem.textContent = e.message;
      credentials.focus();
      return;
    }
    const place = document.createElement("div");
    ui.replaceChildren(place);
    const described = keyspace.value ? `${root.href}/${keyspace.value}` : root.href;
    SwaggerUIBundle({
      domNode: place,
      url: `${described}/openapi.json`,
      requestInterceptor: authenticate,
      docExpansion: keyspace.value ? "list" : "none",
      deepLinking: true,
      displayRequestDuration: true,
      filter: true,
      tryItOutEnabled: true,
      validatorUrl: null,
    });
  }

  keyspace.addEventListener("change", () => {
    wanted = keyspace.value;
    history.replaceState(null, "", wanted ? `?keyspace=${wanted}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
})();
