/** Elements of the page. What comes from the server becomes text, never markup. */

function fill(element, properties, children) {
  element.append(...children.flat(2).filter((child) => (child ?? false) !== false));
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (name === "value") {
      element.value = value;
    } else if ((value ?? false) !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  return element;
}

/** An element: its classes after points, its attributes and listeners, and what is in it. */
export function el(name, ...content) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  return fill(element, content[0]?.constructor === Object ? content.shift() : {}, content);
}

export const svg = (name, properties = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);

export const button = (text, click, properties) =>
  el("button", { type: "button", click, ...properties }, text);

/** A select of values, or of pairs of a value and its label; also of the value that it has. */
export function select(choices, value, properties) {
  const all = new Map(choices.map((it) => [it].flat()));
  all.has(value) || all.set(value, value);
  return el("select", { ...properties, value }, [...all].map(([it, label = it]) => el("option", { value: it }, label)));
}

export const bdi = (text) => el("bdi", text);
export const muted = (...content) => el("p.muted", ...content);
export const primary = (text, properties) => el("button.primary", { ...properties }, text);
export const labelled = (text, control) => el("span.option", el("label", { for: control.id }, text), control);
export const checked = (text, box) => el("label.check", box, text);

/** A value as a path and a filter have it. */
export const plain = (value) => typeof value === "string" ? value
  : JSON.stringify(value, (_, it) => Object.is(it, -0) && JSON.rawJSON?.("-0.0") || it);

/** A table, which scrolls. */
export const sheet = (names, rows) => el("div.grid", { tabindex: "0" }, el("table",
  el("thead", el("tr", names.map((name) => el("th", { scope: "col" }, name)))), el("tbody", rows.map((row) => el("tr", row)))));

/** A form that is not sent again while it is being sent. */
export function form(submit, ...content) {
  let busy = false;
  return el("form", { submit: async (event) => {
    event.preventDefault();
    if (!busy) {
      busy = true;
      await submit();
      busy = false;
    }
  } }, ...content);
}

/** For those who hear the page. */
export const announce = (text) => (byId("status").textContent = text);

export const byId = (id) => document.getElementById(id);

let dialogs = 0;

export function dialog(title, properties, ...children) {
  const id = `dialog-${++dialogs}`;
  const box = el("dialog", { "aria-labelledby": id, ...properties },
    el("header", el("h2", { id }, title),
      button("×", () => box.close(), { class: "quiet", "aria-label": "Close" })),
    ...children);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

/** Text that can be copied. */
export function code(label, text) {
  const shown = el("pre", { tabindex: "0" }, text);
  const copy = button("Copy", async () => {
    getSelection().selectAllChildren(shown);
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
    announce(`${label} copied`);
  }, { "aria-label": `Copy ${label}` });
  return el("div.code", el("h3", label), shown, copy);
}

/** A problem document, with all that helps. */
export function problem(error) {
  const { title, detail, hint, status, code: name, type, current, etag, ...members } = error.document ?? {};
  const more = Object.entries(members).map(([member, value]) =>
    [el("dt", member), el("dd", plain(value))]);
  return el("div.problem", { role: "alert" },
    el("strong", title ?? "Something went wrong"), el("p", detail ?? error.message),
    hint && el("p", hint),
    more.length > 0 && el("dl", more),
    name && el("small", `${status} ${name}`, error.id && ` · request ${error.id}`));
}
