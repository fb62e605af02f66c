/** Rows as a table, however many columns there are and whatever is in them. */
import { announce, button, el } from "./dom.js";
import { isNumber, isScalar } from "./query.js";

/** So many columns besides the key are drawn at once. */
const WIDTH = 40;

/** So much of a value is. */
const LENGTH = 120;

export const json = (value) => typeof value === "string" ? value : JSON.stringify(value);

export function cell(value) {
  if (value === null || value === undefined) {
    return el("span", { class: "null" }, "null");
  }
  const text = json(value);
  const short = text.slice(0, LENGTH).replace(/\r?\n|\r/g, "⏎");
  return el("bdi", { class: text === "" && "null" }, text === "" ? "empty" : short + (text.length > LENGTH ? "…" : ""));
}

/**
 * @param names what the rows have, in order
 * @param open what to do with a row that is chosen, if that is possible
 */
export function grid(table, names, rows, open) {
  const known = new Map(table.columns.map((column) => [column.column, column]));
  const keys = names.filter((name) => /_key|clustering/.test(known.get(name)?.kind));
  const others = names.filter((name) => !keys.includes(name));
  const place = el("div", { class: "grid", tabindex: "0", role: "region", "aria-label": "Rows" });
  const windows = el("p", { class: "windows" });

  function draw(from) {
    const shown = [...keys, ...others.slice(from, from + WIDTH)];
    const head = shown.map((name) => el("th", { scope: "col", class: known.get(name)?.kind }, el("bdi", {}, name),
      el("small", {}, known.get(name)?.type)));
    const body = rows.map((row, i) => el("tr", {},
      el("th", { scope: "row" }, open ? button(String(i + 1), () => open(row), { "aria-label": `Open row ${i + 1}`, class: "quiet" }) : String(i + 1)),
      shown.map((name) => el("td", { class: isNumber(known.get(name)?.type ?? "int") && !Array.isArray(row[name]) ? "number" : isScalar(known.get(name)?.type ?? "int") ? "" : "made" }, cell(row[name])))));
    place.replaceChildren(el("table", {}, el("caption", { class: "unseen" }, `Rows of ${table.keyspace}.${table.table}`),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "unseen" }, "Row")), head)), el("tbody", {}, body)));
    const end = Math.min(from + WIDTH, others.length);
    const step = (to, text) => button(text, () => {
      draw(to);
      announce(`Columns from ${to + 1}`);
    }, { disabled: to < 0 || to >= others.length });
    windows.replaceChildren(...(others.length > WIDTH
      ? [step(from - WIDTH, "‹ Columns"), el("span", {}, `${from + 1}–${end} of ${others.length}, besides the key`), step(from + WIDTH, "Columns ›")]
      : []));
  }
  draw(0);

  place.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...place.querySelectorAll("tbody button")];
    const at = buttons.indexOf(event.target);
    if (step && at >= 0 && buttons[at + step]) {
      buttons[at + step].focus();
      event.preventDefault();
    }
  });
  return [windows, place];
}
