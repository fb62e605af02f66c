/**
 * A question: what is asked of a table. Its text is that of the API, so the page's address after
 * the # is the path and the query of the request below /v1.
 */
import { button, el, select } from "./dom.js";
import { encode } from "./api.js";

const WORDS = ["select", "order", "limit", "after", "scan", "group", "distinct", "per_partition", "split", "explain"];
const LABELS = { eq: "=", in: "in", lt: "<", lte: "≤", gt: ">", gte: "≥", like: "like", contains: "contains",
  contains_key: "has key", entry: "has entry", ann: "nearest to" };
const SCALARS = /^(ascii|text|varchar|boolean|tinyint|smallint|int|bigint|counter|varint|decimal|float|double|uuid|timeuuid|timestamp|date|time|duration|inet|blob|'.*)$/;

export const LIMIT = "50";
export const isNumber = (type) => /^(tinyint|smallint|int|bigint|counter|varint|decimal|float|double)$/.test(type);
export const isText = (type) => /^(ascii|text|varchar)$/.test(type);
export const isTime = (type) => /^(timestamp|date|timeuuid)$/.test(type);
export const isScalar = (type) => SCALARS.test(type);

/** A name as the query of a request has it. */
export const quoted = (name) =>
  /^[a-z_]\w*$/i.test(name) && !WORDS.includes(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;

const unquoted = (name) => name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, "$1") : name;

/** A value as a path and a filter have it. */
export const plain = (value) => typeof value === "object" ? JSON.stringify(value) : String(value);

const inPath = (value) => !["", ".", ".."].includes(value) && value.length < 2000;

/** An index and what it is on. */
export const indexOf = (table, column) =>
  table.indexes.find(({ target }) => unquoted(target.replace(/^\w+\((.*)\)$/, "$1")).replaceAll('""', '"') === column.column);

/** What may be asked of a column, by the names of the API. */
export function operators(table, { column, type, kind }) {
  const index = indexOf(table, { column });
  const frozen = type.startsWith("frozen<");
  const inner = frozen ? type.slice(7) : type;
  const whole = frozen ? ["eq"] : [];
  if (/^(list|set)</.test(inner)) {
    return [...whole, "contains"];
  }
  if (inner.startsWith("map<")) {
    return [...whole, "contains", "contains_key", ...(frozen ? [] : ["entry"])];
  }
  if (type.startsWith("vector<")) {
    return index ? ["ann"] : ["eq"];
  }
  if (!isScalar(type)) {
    return frozen ? ["eq"] : [];
  }
  if (kind === "partition_key" || type === "duration") {
    return ["eq", "in"];
  }
  return ["eq", ...(type === "boolean" ? [] : ["in", "lt", "lte", "gt", "gte"]), ...(/SASI/.test(index?.class) && isText(type) ? ["like"] : [])];
}

/** What an address asks. */
export function read(query, keys, table) {
  const question = { filters: [], rest: [] };
  keys.forEach((value, i) => table.key[i] && question.filters.push({ column: table.key[i].column, op: "eq", value }));
  for (const parameter of query.split("&").filter(Boolean)) {
    const at = parameter.indexOf("=");
    const [name, value] = [parameter.slice(0, at), parameter.slice(at + 1)].map((text) => decodeURIComponent(text.replaceAll("+", " ")));
    const [, op, operand] = value.match(/^(\w+)\.([^]*)$/) ?? [];
    const column = unquoted(name);
    const ann = name === "order" && value.match(/^(.*)\.ann\.([^]*)$/);
    if (ann) {
      question.filters.push({ column: unquoted(ann[1]), op: "ann", value: ann[2] });
    } else if (WORDS.includes(name)) {
      question[name] = value;
    } else if (table.columns.some((it) => it.column === column) && LABELS[op]) {
      question.filters.push({ column, op, value: /^(in|entry)$/.test(op) ? operand.slice(1, -1) : operand });
    } else {
      question.rest.push(parameter);
    }
  }
  return question;
}

/** The path and query that ask it, relative to /v1/. */
export function write(table, question) {
  const keys = [];
  let filters = question.filters;
  for (const { column } of table.key) {
    const [only, second] = filters.filter((it) => it.column === column);
    if (!only || second || only.op !== "eq" || !inPath(only.value)) {
      break;
    }
    keys.push(only);
  }
  if (keys.length < table.primary_key.partition_key.length) {
    keys.length = 0;
  }
  filters = filters.filter((it) => !keys.includes(it));
  const parameters = [
    ...filters.map(({ column, op, value }) => op === "ann"
      ? `order=${encode(`${quoted(column)}.ann.${value}`)}`
      : `${encode(quoted(column))}=${op}.${encode(/^(in|entry)$/.test(op) ? `(${value})` : value)}`),
    ...question.rest,
    ...WORDS.filter((word) => question[word]).map((word) => `${word}=${encode(question[word])}`),
  ];
  const path = [table.keyspace, table.table, ...keys.map(({ value }) => value)].map(encode).join("/");
  return path + (parameters.length > 0 ? `?${parameters.join("&")}` : "");
}

/** The path of a row, as its values say. */
export function rowPath(table, row) {
  return `v1/${write(table, { filters: table.key.map(({ column }) => ({ column, op: "eq", value: plain(row[column]) })), rest: [] })}`;
}

const reversed = (table) => table.primary_key.clustering
  .map((name) => `${quoted(name)}.${table.clustering_order[name] === "asc" ? "desc" : "asc"}`).join(",");

/** What is answered: rows, or one of the things that are made of them. */
function shapes(table) {
  const numbers = table.columns.filter(({ type, kind }) => isNumber(type) && kind !== "partition_key");
  return [
    ["", "rows"], ["select=count()", "number of rows"],
    table.primary_key.clustering.length > 0 && ["distinct=true", "partitions"],
    ...numbers.slice(0, 50).map(({ column }) => [
      `select=count(${quoted(column)}),min(${quoted(column)}),max(${quoted(column)}),avg(${quoted(column)})`, `summary of ${column}`]),
  ].filter(Boolean);
}

const groups = (table) => table.key.slice(0, -1).map((_, i) => table.key.slice(0, i + 1).map(({ column }) => quoted(column)).join(","))
  .slice(table.primary_key.partition_key.length - 1);

const placeholder = ({ type }, op) => op === "in" ? "a,b,c" : op === "entry" ? "key,value"
  : { date: "2026-11-22", timestamp: "2026-11-22T10:00:00Z", time: "10:00:00", uuid: "00000000-0000-…" }[type] ?? "";

/** The form in which a question is clicked together. */
export function form(table, question, ask) {
  const where = el("div", { class: "where" });
  let number = 0;

  function condition(column, filter, removable) {
    const id = `where-${++number}`;
    const offered = operators(table, column);
    const value = el("input", { id, value: filter?.value ?? "", autocomplete: "off", spellcheck: "false" });
    const op = select(offered.map((it) => [it, LABELS[it]]), offered.includes(filter?.op) ? filter.op : offered[0], {
      "aria-label": `Operator for ${column.column}`,
      change: () => (value.placeholder = placeholder(column, op.value)),
    });
    value.placeholder = placeholder(column, op.value);
    const row = el("div", { class: `condition ${column.kind}` },
      el("label", { for: id, title: `${column.type}, ${column.kind.replace("_", " ")}` }, el("bdi", {}, column.column)), op, value,
      removable && button("×", () => (row.remove(), add.focus()), { class: "quiet", "aria-label": `Remove the filter on ${column.column}` }));
    row.read = () => value.value === "" && !removable ? [] : [{ column: column.column, op: op.value, value: value.value }];
    where.append(row);
    return value;
  }

  const filters = [...question.filters];
  for (const column of table.key) {
    const at = filters.findIndex((it) => it.column === column.column);
    condition(column, at < 0 ? undefined : filters.splice(at, 1)[0]);
  }
  for (const filter of filters) {
    condition(table.columns.find((it) => it.column === filter.column), filter, true);
  }

  const others = table.columns.filter((it) => operators(table, it).length > 0 && it.kind !== "partition_key");
  const choices = (label, columns) => columns.length > 0 && el("optgroup", { label }, columns.map(({ column }) => el("option", { value: column }, column)));
  const add = el("select", { "aria-label": "Add a filter on a column", change: () => {
    condition(table.columns.find(({ column }) => column === add.value), undefined, true).focus();
    add.value = "";
  } }, el("option", { value: "" }, "+ Filter"),
  choices("In the key", others.filter(({ kind }) => kind === "clustering")),
  choices("Indexed", others.filter((it) => it.kind !== "clustering" && indexOf(table, it))),
  choices("By a scan", others.filter((it) => it.kind !== "clustering" && !indexOf(table, it))));

  const shape = select(shapes(table), question.distinct ? "distinct=true" : /\(/.test(question.select) ? `select=${question.select}` : "", { id: "shape" });
  if (shape.selectedIndex < 0) {
    shape.append(el("option", { value: `select=${question.select}` }, question.select));
    shape.value = `select=${question.select}`;
  }
  const group = select([["", "all"], ...groups(table)], question.group ?? "", { id: "group" });
  const order = select([["", "as stored"], [reversed(table), "reversed"]], question.order ?? "", { id: "order" });
  const limit = el("input", { id: "limit", type: "number", min: "1", max: "1000", value: question.limit ?? LIMIT });
  const scan = el("input", { type: "checkbox", id: "scan", checked: question.scan === "true" });
  const columns = columnChoice(table, question);
  const labelled = (text, control) => el("span", { class: "option" }, el("label", { for: control.id }, text), control);
  const grouping = labelled("by", group);
  const showGroup = () => (grouping.hidden = !shape.value.startsWith("select=") || groups(table).length === 0);
  shape.addEventListener("change", showGroup);
  showGroup();

  return el("form", { class: "query", "aria-label": "Question", submit: (event) => {
    event.preventDefault();
    const [word, made] = shape.value.split(/=([^]*)/);
    ask({
      filters: [...where.children].flatMap((row) => row.read()), rest: question.rest,
      select: columns.read(), per_partition: question.per_partition,
      ...(word && { select: undefined, [word]: made }),
      group: word === "select" && !grouping.hidden ? group.value : undefined,
      order: word ? undefined : order.value, limit: limit.value, scan: scan.checked ? "true" : undefined,
    });
  } },
  where,
  el("div", { class: "options" }, add, labelled("Show", shape), grouping, columns,
    table.primary_key.clustering.length > 0 && labelled("Order", order), labelled("Rows a page", limit),
    table.permissions.includes("scan") && el("label", { class: "check" }, scan, "Scan the table"),
    question.rest.length > 0 && el("code", {}, decodeURIComponent(question.rest.join(" "))),
    el("button", { class: "primary" }, "Run")));
}

/** Which columns the rows have; with many, made when it is opened. */
function columnChoice(table, question) {
  const chosen = new Set(question.select && !/\(/.test(question.select) ? question.select.split(",").map(unquoted) : []);
  const list = el("div", { class: "choices" });
  const label = () => (summary.textContent = `Columns: ${chosen.size || "all"}`);
  const summary = el("summary", {});
  const search = el("input", { type: "search", "aria-label": "Find a column", placeholder: "Find", input: () => {
    for (const choice of list.children) {
      choice.hidden = !choice.textContent.toLowerCase().includes(search.value.toLowerCase());
    }
  } });
  const choice = ({ column }) => {
    const box = el("input", { type: "checkbox", checked: chosen.has(column), change: () => {
      box.checked ? chosen.add(column) : chosen.delete(column);
      label();
    } });
    return el("label", { class: "check" }, box, el("bdi", {}, column));
  };
  const choices = el("details", { class: "menu", toggle: () => {
    if (choices.open && list.children.length === 0) {
      list.append(...table.columns.map(choice));
    }
  }, keydown: (event) => event.key === "Escape" && (choices.open = false, summary.focus()) },
  summary, el("div", { class: "panel" }, table.columns.length > 20 && search, list));
  label();
  choices.read = () => table.columns.filter(({ column }) => chosen.has(column)).map(({ column }) => quoted(column)).join(",") || undefined;
  return choices;
}
