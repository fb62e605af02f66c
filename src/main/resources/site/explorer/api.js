/** The API as any client uses it. */
import { ask, credentials, credentialsForShell } from "./caller.js";

const BASE = new URL(".", document.baseURI);

/** What is not an answer that was hoped for. */
export class Problem extends Error {
  constructor(document, id) {
    super(document.detail);
    this.document = document;
    this.id = id;
  }
}

export const encode = (text) =>
  encodeURIComponent(text.toWellFormed()).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("'", "%27");

export const url = (path) => new URL(path, BASE).href;

/**
 * Paths are relative to the page, so that they have what a proxy has in front.
 *
 * @returns status, body (JSON or text), etag, next (the token of the next page), id, millis
 */
export async function send(method, path, { headers = {}, body, signal } = {}) {
  const begun = performance.now();
  let response;
  let text;
  try {
    response = await fetch(url(path), {
      method, body, signal, headers: { ...credentials(), ...headers }, cache: "no-store", credentials: "omit",
    });
    text = await response.text();
  } catch (cause) {
    if (cause.name === "AbortError") {
      throw cause;
    }
    throw new Problem({ title: "No answer", detail: `${url("")} does not answer, or broke off.` });
  }
  const id = response.headers.get("X-Request-Id");
  const json = /[/+]json/.test(response.headers.get("Content-Type"));
  const content = json && text ? JSON.parse(text) : text;
  if (!response.ok) {
    const error = new Problem(json ? content : { title: `Status ${response.status}`, detail: text.slice(0, 500) }, id);
    if (response.status === 401 && await ask(error)) {
      return send(method, path, { headers, body, signal });
    }
    throw error;
  }
  return {
    status: response.status, body: content, id,
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
