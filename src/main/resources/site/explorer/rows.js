/** Rows as a table, however many columns there are and whatever is in them. */
import { bdi, button, el, plain } from "./dom.js";
import { isNumber } from "./query.js";

/** So many columns besides the key are drawn at once, and so much of a value. */
const [WIDTH, LENGTH] = [40, 120];

export function cell(value) {
  if ((value ?? null) === null) {
    return el("span.null", "null");
  }
  const text = plain(value);
  const short = text.slice(0, LENGTH).replace(/\r?\n|\r/g, "⏎");
  return text ? el("bdi", short + (text.length > LENGTH ? "…" : "")) : el("bdi.null", "empty");
}

/** The rows, by these names; the opener has what opens a row, if that is possible. */
export function grid(table, names, rows, opener) {
  const known = new Map(table.columns.map((column) => [column.column, column]));
  const keys = names.filter((name) => table.key.includes(known.get(name)));
  const others = names.filter((name) => !keys.includes(name));
  const place = el("div.grid", { tabindex: "0", role: "region", "aria-label": "Rows" });
  const windows = el("p.windows", { role: "status" });

  function draw(from) {
    const shown = [...keys, ...others.slice(from, from + WIDTH)];
    const head = shown.map((name) => {
      const { kind, type } = known.get(name) ?? {};
      return el("th", { scope: "col", class: `${kind} ${isNumber(type) && "number"}` }, bdi(name), el("small", type));
    });
    const body = rows.map((row, i) => {
      const [number, open] = [i + 1, opener(row)];
      return el("tr", el("th", { scope: "row" }, open ? button(number, open, { "aria-label": `Open row ${number}`, class: "quiet", id: `row-${number}` }) : number),
        shown.map((name) => el("td", { class: (typeof row[name] === "number" || isNumber(known.get(name)?.type)) && "number" }, cell(row[name]))));
    });
    place.replaceChildren(el("table", el("caption.unseen", `Rows of ${table.keyspace}.${table.table}`),
      el("thead", el("tr", el("th", { scope: "col" }, el("span.unseen", "Row")), head)), el("tbody", body)));
    const end = Math.min(from + WIDTH, others.length);
    const step = (to, text) => button(text, () => draw(to), { disabled: to < 0 || to >= others.length });
    windows.replaceChildren(...(others.length > WIDTH
      ? [step(from - WIDTH, "‹ Columns"), el("span", `${from + 1}–${end} of ${others.length}, besides the key`), step(from + WIDTH, "Columns ›")]
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
