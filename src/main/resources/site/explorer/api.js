/** The API as any client uses it. */
import { ask, credentials, credentialsForShell } from "./caller.js";

const BASE = new URL(".", document.baseURI);

/** An answer that was not hoped for: its problem document. */
export const failure = (document, id) => Object.assign(new Error(document.detail), { document, id });

export const encode = (text) =>
  encodeURIComponent(text.toWellFormed()).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("'", "%27");

export const url = (path) => new URL(path, BASE).href;

/** Paths are relative to the page, so that they have what a proxy has in front; next is a token. */
export async function send(method, path, { headers = {}, body, signal } = {}) {
  const begun = performance.now();
  let response, text;
  try {
    response = await fetch(url(path), { method, body, signal, headers: { ...credentials(), ...headers }, cache: "no-store" });
    text = await response.text();
  } catch (cause) {
    if (cause.name === "AbortError") {
      throw cause;
    }
    throw failure({ title: "No answer", detail: `${url("")} does not answer, or broke off.` });
  }
  const id = response.headers.get("X-Request-Id");
  const json = /[/+]json/.test(response.headers.get("Content-Type"));
  const content = json && text ? JSON.parse(text) : text;
  if (!response.ok) {
    const error = failure(json ? content : { title: `Status ${response.status}`, detail: text.slice(0, 500) }, id);
    if (response.status === 401 && await ask(error)) {
      return send(method, path, { headers, body, signal });
    }
    throw error;
  }
  return {
    body: content, id,
    etag: response.headers.get("ETag"),
    next: response.headers.get("Link")?.match(/[?&]after=([^&>]*)[^>]*>; rel="next"/)?.[1],
    millis: Math.round(performance.now() - begun),
  };
}

/** The same for a shell. */
export function curl(method, path, headers = {}, data) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    "curl", ...(method === "GET" ? [] : ["-X", method]), ...credentialsForShell(),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(data === undefined ? [] : [data.startsWith("@") ? `--data-binary ${quote(data)}` : `-d ${quote(data)}`]),
    quote(url(path)),
  ].join(" ");
}
