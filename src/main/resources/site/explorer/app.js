/** The page: the tree of tables, and the table that its address names. */
import { announce, bdi, button, byId, code, el, labelled, muted, problem, select, sheet } from "./dom.js";
import { curl, encode, send } from "./api.js";
import { show as showCaller } from "./caller.js";
import { LIMIT, indexOf, isNumber, isTime, queryForm, read, write } from "./query.js";
import { cell, grid } from "./rows.js";
import { openRow } from "./row.js";
import { load } from "./load.js";
import { plot } from "./plot.js";
import { openCql } from "./cql.js";

/** So many columns of a kind are drawn. */
const MANY = 40;

const main = byId("main");
const tree = byId("keyspaces");
const find = byId("find");
const keyspaces = new Map();
let shown = 0;

const hash = (table, question) => `#/${write(table, question)}`;
const link = (text, href, properties) => el("a.button", { href, ...properties }, text);
const open = (table) => el("a", { href: hash(table, { filters: [], ...(table.permissions.includes("scan") && { limit: LIMIT, scan: "true" }) }),
  class: table.kind }, bdi(table.table));

async function loadTree() {
  keyspaces.clear();
  const { body } = await send("GET", "v1");
  for (const keyspace of body.keyspaces) {
    const { tables } = (await send("GET", `v1/${encode(keyspace)}`)).body;
    for (const table of tables) {
      const of = (kind) => table.columns.filter((column) => column.kind === kind);
      const [partition, clustering] = [of("partition_key"), of("clustering")];
      Object.assign(table, {
        keyspace, of, partition, clustering, key: [...partition, ...clustering],
        isCounter: table.columns.some(({ type }) => type === "counter"),
        column: (name) => table.columns.find(({ column }) => column === name),
        may: (...verbs) => table.kind === "table" && verbs.some((verb) => table.permissions.includes(verb)),
      });
    }
    keyspaces.set(keyspace, tables);
  }
  drawTree();
}

function drawTree() {
  tree.replaceChildren(...[...keyspaces].flatMap(([name, tables]) => {
    const found = tables.filter(({ table }) => `${name}.${table}`.toLowerCase().includes(find.value.toLowerCase()));
    return found.length === 0 && find.value ? [] : [el("details", { open: true }, el("summary", bdi(name)),
      el("ul", found.map((table) => el("li", open(table)))))];
  }));
  markTree();
}

function markTree() {
  const path = (address) => address.match(/^[^/?]*(\/[^/?]*){0,2}/)[0];
  for (const it of tree.querySelectorAll("a")) {
    it.ariaCurrent = path(it.hash) === path(location.hash) ? "page" : null;
  }
}

const named = (columns) => columns.map(({ column }) => column);

const keyText = ({ partition, clustering }) =>
  `(${[partition.length > 1 ? `(${named(partition).join(", ")})` : partition[0].column, ...named(clustering)].join(", ")})`;

function drawAll() {
  document.title = "Ringlet";
  main.replaceChildren(el("h1", "Tables"), sheet(["Table", "Primary key", "Comment"], [...keyspaces.values()].flat().map((table) => [
    el("th", { scope: "row" }, bdi(table.keyspace), ".", open(table)), el("td", keyText(table)), el("td.prose.comment", table.comment)])));
}

function drawKey(table) {
  const box = ({ column, type, kind }) => el("li", { class: kind }, bdi(column),
    kind === "clustering" && el("span.direction", table.clustering_order[column] === "desc" ? "↓" : "↑"),
    el("small", type), indexOf(table, column) && el("small", "indexed"));
  const part = (label, columns) => columns.length > 0 && el("div", el("h3", label), el("ul", columns.slice(0, MANY).map(box)),
    columns.length > MANY && muted(`and ${columns.length - MANY} more`));
  return el("div.key", part("Partition key", table.partition), part("Clustering", table.clustering), part("Static", table.of("static")), part("Columns", table.of("regular")));
}

async function drawTable(table, query, keys, view) {
  const round = ++shown;
  const question = read(query, keys, table);
  const path = `v1/${write(table, question)}`;
  const result = el("section", { "aria-label": "Result" }, muted(query || keys.length > 0 ? "Reading…" : "Say which partition, and run."));
  document.title = `${table.keyspace}.${table.table} – Ringlet`;
  main.replaceChildren(
    el("div.title", el("h1", el("small", bdi(table.keyspace), "."), bdi(table.table)), el("span.tools",
      table.may("write", "create") && button("Add row", () => openRow(table, undefined, go)),
      table.may("write") && button("Load CSV", () => load(table, go)))),
    table.comment && el("p.comment", table.comment), drawKey(table),
    queryForm(table, question, (asked) => {
      const to = hash(table, asked);
      to === location.hash ? go() : location.hash = to;
    }), result);
  if (!query && keys.length === 0) {
    return;
  }
  try {
    const answer = await send("GET", path);
    if (round === shown) {
      drawAnswer(table, question, answer, view, result);
      await drawRequest(path, result, true);
    }
  } catch (error) {
    if (round === shown) {
      result.replaceChildren(problem(error));
      mark(error.document?.column ?? error.document?.missing?.[0]);
      await drawRequest(path, result, false);
    }
  }
}

function mark(column) {
  const label = [...main.querySelectorAll(".condition label")].find((it) => it.textContent === column);
  label?.control.setAttribute("aria-invalid", "true");
  label?.control.focus();
}

function drawAnswer(table, question, { body, next, id, millis }, view, result) {
  const rows = [body].flat();
  const names = question.select ? Object.keys(rows[0] ?? {})
    : named(question.distinct ? [...table.partition, ...table.of("static")] : table.columns);
  const has = (test) => table.columns.filter(({ column, type }) => test(type) && names.includes(column));
  const [times, numbers] = [has(isTime), has(isNumber)];
  const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}${next ? ", and there are more" : ""}`;
  const plotted = (x, y) => `${hash(table, question)}#${encodeURIComponent(x)},${encodeURIComponent(y)}`;
  announce(count);
  result.replaceChildren(el("div.facts", el("strong", count), el("span.muted", `${millis} ms`), el("span.muted", "request ", el("code", id)), el("span.tools",
    view ? link("Rows", hash(table, question))
      : times.length > 0 && numbers.length > 0 && rows.length > 0 && link("Plot", plotted(times.at(-1).column, numbers[0].column)),
    question.after && link("First page", hash(table, { ...question, after: "" })),
    next && link("Next page", hash(table, { ...question, after: decodeURIComponent(next) }), { id: "next", rel: "next" }))));
  if (rows.length === 0) {
    result.append(muted("No rows."));
  } else if (view) {
    const [x, y] = view.split(",").map(decodeURIComponent);
    const pick = (label, columns, value, to) => labelled(label, select(named(columns), value,
      { id: `plot-${label}`, change: (event) => (location.hash = to(event.target.value)) }));
    result.append(el("div.options", pick("over", times, x, (it) => plotted(it, y)), pick("column", numbers, y, (it) => plotted(x, it))),
      plot(rows, table.column(x), y));
  } else {
    const whole = (row) => table.key.every(({ column }) => (row[column] ?? null) !== null);
    result.append(...grid(table, names, rows, (row) => whole(row) && (() => openRow(table, row, go))));
  }
}

/** The same for others: for a shell, and for Cassandra. */
async function drawRequest(path, result, isGood) {
  const place = el("div", code("curl", curl("GET", path)));
  result.append(place);
  if (isGood) {
    try {
      const { body } = await send("GET", `${path}${path.includes("?") ? "&" : "?"}explain=true`);
      place.append(code("CQL", body.cql), el("table.values", el("tbody", body.values.map((it) =>
        el("tr", el("th", { scope: "row" }, it.name), el("td.muted", it.cql_type), el("td", cell(it.value)))))),
      el("small", `${body.consistency} · found by ${body.rule}`));
    } catch (error) {
      place.append(problem(error));
    }
  }
}

/** Who works with keys goes on where they were. */
function refocus(id) {
  if (id !== false && document.activeElement === document.body) {
    (byId(id) ?? main).focus({ preventScroll: true });
  }
}

async function go() {
  const active = main.contains(document.activeElement) && document.activeElement.id;
  const [address, view] = location.hash.slice(1).split("#");
  const [path, query = ""] = address.split(/\?([^]*)/);
  markTree();
  try {
    const [keyspace, name, ...keys] = path.split("/").slice(1).map(decodeURIComponent);
    const table = keyspaces.get(keyspace)?.find((it) => it.table === name);
    if (!keyspace) {
      shown++;
      drawAll();
    } else if (table) {
      await drawTable(table, query, keys, view);
      refocus(active);
    } else {
      throw new Error(`There is no table ${keyspace}.${name} for you.`);
    }
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
const fold = () => (tree.parentElement.open = !narrow.matches);
narrow.addEventListener("change", fold);
fold();
find.addEventListener("input", drawTree);
byId("skip").addEventListener("click", (event) => (event.preventDefault(), main.focus()));
addEventListener("hashchange", () => (fold(), go()));
addEventListener("caller", start);

showCaller();
start();
const { body: root } = await send("GET", "", { headers: { Accept: "application/json" } });
byId("version").textContent = root.version;
byId("actions").prepend(...[root.links.cql && button("CQL", () => openCql(root.links.cql, start)),
  root.links.docs && link("API", root.links.docs)].filter(Boolean));
