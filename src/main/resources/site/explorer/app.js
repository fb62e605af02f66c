/** The page: the tree of tables, and the table that its address names. */
import { announce, button, code, el, problem, select } from "./dom.js";
import { curl, encode, send } from "./api.js";
import { show as showCaller } from "./caller.js";
import { LIMIT, form, indexOf, isNumber, isTime, read, write } from "./query.js";
import { cell, grid } from "./rows.js";
import { openRow } from "./row.js";
import { load } from "./load.js";
import { plot } from "./plot.js";
import { openCql } from "./cql.js";

const MANY = 40;
const main = document.getElementById("main");
const tree = document.getElementById("keyspaces");
const keyspaces = new Map();
let shown = 0;

const first = (table) => `#/${encode(table.keyspace)}/${encode(table.table)}${table.permissions.includes("scan") ? `?limit=${LIMIT}&scan=true` : ""}`;

async function describe(name) {
  const { body } = await send("GET", `v1/${encode(name)}`);
  for (const table of body.tables) {
    table.keyspace = name;
    const columns = new Map(table.columns.map((column) => [column.column, column]));
    table.key = [...table.primary_key.partition_key, ...table.primary_key.clustering].map((column) => columns.get(column));
    table.isCounter = table.columns.some(({ type }) => type === "counter");
    table.may = (...verbs) => table.kind === "table" && verbs.some((verb) => table.permissions.includes(verb));
  }
  keyspaces.set(name, body);
}

async function loadTree() {
  keyspaces.clear();
  const { body } = await send("GET", "v1");
  for (const name of body.keyspaces) {
    await describe(name);
  }
  drawTree();
}

function drawTree() {
  const wanted = document.getElementById("find").value.toLowerCase();
  const here = location.hash.split("?")[0];
  tree.replaceChildren(...[...keyspaces].map(([name, { tables }]) => {
    const found = tables.filter(({ table }) => `${name}.${table}`.toLowerCase().includes(wanted));
    return (found.length > 0 || !wanted) && el("details", { open: true }, el("summary", {}, el("bdi", {}, name)), el("ul", {}, found.map((table) => {
      const href = first(table);
      const current = `${here}/`.startsWith(`${href.split("?")[0]}/`);
      return el("li", {}, el("a", { href, "aria-current": current && "page", class: table.kind }, el("bdi", {}, table.table)));
    })));
  }).filter(Boolean));
}

const keyText = ({ primary_key: { partition_key, clustering } }) =>
  `(${[partition_key.length > 1 ? `(${partition_key.join(", ")})` : partition_key[0], ...clustering].join(", ")})`;

function drawAll() {
  document.title = "Ringlet";
  main.replaceChildren(el("h1", {}, "Tables"), ...[...keyspaces].map(([name, { tables }]) => el("section", {}, el("h2", {}, el("bdi", {}, name)),
    tables.length === 0 ? el("p", { class: "muted" }, "No tables.") : el("div", { class: "grid" }, el("table", { class: "overview" },
      el("thead", {}, el("tr", {}, ["Table", "Primary key", "Columns", "Comment"].map((it) => el("th", { scope: "col" }, it)))),
      el("tbody", {}, tables.map((table) => el("tr", {},
        el("th", { scope: "row" }, el("a", { href: first(table) }, el("bdi", {}, table.table))),
        el("td", {}, el("code", {}, keyText(table))), el("td", { class: "number" }, String(table.columns.length)),
        el("td", { class: "comment" }, table.comment)))))))));
}

/** The columns by what they are for, the key first. */
function drawKey(table) {
  const box = (column) => el("li", { class: column.kind }, el("bdi", {}, column.column),
    table.clustering_order[column.column] && el("span", { class: "direction", title: `${table.clustering_order[column.column]}ending` },
      table.clustering_order[column.column] === "desc" ? "↓" : "↑"),
    el("small", {}, column.type), indexOf(table, column) && el("small", { class: "index", title: indexOf(table, column).index }, "indexed"));
  const part = (label, kind) => {
    const columns = table.columns.filter((column) => column.kind === kind);
    const keep = kind === "regular" ? MANY : columns.length;
    return columns.length > 0 && el("div", { class: "part" }, el("h3", {}, label), el("ul", {}, columns.slice(0, keep).map(box)),
      columns.length > keep && el("p", { class: "muted" }, `and ${columns.length - keep} more`));
  };
  return el("div", { class: "key" }, part("Partition key", "partition_key"), part("Clustering", "clustering"), part("Static", "static"), part("Columns", "regular"));
}

async function drawTable(table, query, keys, view) {
  const round = ++shown;
  const question = read(query, keys, table);
  const path = `v1/${write(table, question)}`;
  document.title = `${table.keyspace}.${table.table} – Ringlet`;
  const result = el("section", { class: "result", "aria-label": "Result" });
  const again = () => go();
  main.replaceChildren(
    el("div", { class: "title" }, el("h1", {}, el("small", {}, el("bdi", {}, table.keyspace), "."), el("bdi", {}, table.table)),
      el("span", { class: "tools" },
        table.may("write", "create") && button(table.isCounter ? "Count" : "Add row", () => openRow(table, undefined, again)),
        table.may("write") && button("Load CSV", () => load(table, again)))),
    table.comment && el("p", { class: "comment" }, table.comment), drawKey(table),
    form(table, question, (asked) => {
      const hash = `#/${write(table, asked)}`;
      hash === location.hash ? go() : location.hash = hash;
    }), result);
  if (!query && keys.length === 0) {
    result.append(el("p", { class: "muted" }, "Say which partition, or what else to look for, and run."));
    return;
  }
  result.append(el("p", { class: "muted" }, "Reading…"));
  try {
    const answer = await send("GET", path);
    if (round === shown) {
      drawRows(table, question, answer, view, result);
      await drawRequest(path, result);
    }
  } catch (error) {
    if (round === shown) {
      result.replaceChildren(problem(error));
      mark(error.document?.column);
      await drawRequest(path, result, error);
    }
  }
}

/** The field of the column that is to blame. */
function mark(column) {
  for (const label of main.querySelectorAll(".condition label")) {
    if (label.textContent === column) {
      label.control.setAttribute("aria-invalid", "true");
      label.control.focus();
    }
  }
}

function drawRows(table, question, { body, next, id, millis }, view, result) {
  const rows = [body].flat();
  const names = question.select ? Object.keys(rows[0] ?? {}) : question.distinct
    ? table.columns.filter(({ kind }) => /^(partition_key|static)$/.test(kind)).map(({ column }) => column)
    : table.columns.map(({ column }) => column);
  const whole = table.key.every(({ column }) => names.includes(column));
  const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}${next ? ", and there are more" : ""}`;
  const bare = `#/${write(table, { ...question, after: undefined })}`;
  const times = table.columns.filter(({ column, type }) => isTime(type) && names.includes(column));
  const numbers = table.columns.filter(({ column, type }) => isNumber(type) && names.includes(column));
  const plotted = view && view.split(",").map(decodeURIComponent);
  const plotHash = (x, y) => `#/${write(table, question)}#${encodeURIComponent(x)},${encodeURIComponent(y)}`;
  announce(count);
  result.replaceChildren(
    el("div", { class: "facts" },
      el("span", {}, el("strong", {}, count)), el("span", { class: "muted" }, `${millis} ms`), el("span", { class: "muted" }, "request ", el("code", {}, id)),
      el("span", { class: "tools" },
        times.length > 0 && numbers.length > 0 && rows.length > 0 && (plotted
          ? el("a", { href: `#/${write(table, question)}`, class: "button" }, "Rows")
          : el("a", { href: plotHash(times.at(-1).column, numbers[0].column), class: "button" }, "Plot")),
        question.after && el("a", { href: bare, class: "button" }, "First page"),
        next && el("a", { href: `#/${write(table, { ...question, after: decodeURIComponent(next) })}`, class: "button", rel: "next" }, "Next page"))));
  if (plotted && times.length > 0) {
    const [x, y] = plotted;
    const pick = (label, columns, value, turn) => el("span", { class: "option" }, el("label", { for: `plot-${label}` }, label),
      select(columns.map(({ column }) => column), value, { id: `plot-${label}`, change: (event) => (location.hash = turn(event.target.value)) }));
    result.append(el("div", { class: "options" }, pick("over", times, x, (it) => plotHash(it, y)), pick("column", numbers, y, (it) => plotHash(x, it))),
      plot(rows, table.columns.find(({ column }) => column === x), y));
  } else if (rows.length > 0) {
    const open = whole && ((row) => table.key.every(({ column }) => row[column] !== null) && openRow(table, row, go));
    result.append(...grid(table, names, rows, open));
  } else {
    result.append(el("p", { class: "muted" }, "No rows."));
  }
}

/** The same for others: for a shell, and for Cassandra. */
async function drawRequest(path, result, error) {
  const place = el("div", { class: "request" }, code("curl", curl("GET", path)));
  result.append(place);
  if (!error) {
    try {
      const { body } = await send("GET", `${path}${path.includes("?") ? "&" : "?"}explain=true`);
      place.append(code("CQL", body.cql), body.values.length > 0 && el("table", { class: "values" }, el("tbody", {}, body.values.map((it) =>
        el("tr", {}, el("th", { scope: "row" }, it.name), el("td", { class: "muted" }, it.cql_type), el("td", {}, cell(it.value)))))),
      el("p", { class: "muted" }, `${body.consistency} · found by ${body.rule}`));
    } catch (refused) {
      place.append(problem(refused));
    }
  }
}

async function go() {
  const [address, view] = location.hash.slice(1).split("#");
  const [path, query = ""] = address.split(/\?([^]*)/);
  try {
    const [keyspace, name, ...keys] = path.split("/").slice(1).map(decodeURIComponent);
    drawTree();
    if (!name) {
      shown++;
      drawAll();
      return;
    }
    const table = keyspaces.get(keyspace)?.tables.find((it) => it.table === name);
    if (!table) {
      throw new Error(`There is no table ${keyspace}.${name}, or none that you may see.`);
    }
    await drawTable(table, query, keys, view);
  } catch (error) {
    main.replaceChildren(problem(error));
  }
}

async function start() {
  try {
    await loadTree();
    await go();
  } catch (error) {
    main.replaceChildren(problem(error));
  }
}

const narrow = matchMedia("(max-width: 45rem)");
const menu = document.querySelector("#tree > details");
const fold = () => (menu.open = !narrow.matches);
narrow.addEventListener("change", fold);
fold();
document.getElementById("find").addEventListener("input", drawTree);
document.getElementById("skip").addEventListener("click", (event) => (event.preventDefault(), main.focus()));
addEventListener("hashchange", () => (fold(), go()));
addEventListener("caller", start);

const { body: root } = await send("GET", "", { headers: { Accept: "application/json" } });
document.getElementById("version").textContent = root.version;
document.getElementById("actions").append(...[
  root.links.cql && button("CQL", () => openCql(root.links.cql, start)),
  root.links.docs && el("a", { href: root.links.docs, class: "button" }, "API"),
  el("span", { id: "caller" }),
].filter(Boolean));
showCaller();
await start();
