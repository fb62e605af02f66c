/** A question: what is asked of a table, as text in the grammar of the API. */
import { bdi, button, checked, el, form, labelled, plain, primary, select } from "./dom.js";
import { encode } from "./api.js";

const WORDS = ["select", "order", "limit", "after", "scan", "group", "distinct", "per_partition", "split", "explain"];
const LABELS = { eq: "=", in: "in a,b", lt: "<", lte: "≤", gt: ">", gte: "≥", like: "like", contains: "contains",
  contains_key: "has key", entry: "has key,value", ann: "nearest to" };
const EXAMPLES = { date: "2026-11-22", timestamp: "2026-11-22T10:00:00Z", time: "10:00:00", duration: "1h30m", blob: "base64" };

export const LIMIT = "50";
export const isNumber = (type) => /^(\w*int|counter|decimal|float|double)$/.test(type);
export const isText = (type) => /^(ascii|text|varchar)$/.test(type);
export const isTime = (type) => /^(timestamp|date|timeuuid)$/.test(type);
export const isScalar = (type) => isNumber(type) || isText(type) || isTime(type) || /^(boolean|uuid|time|duration|inet|blob|'.*)$/.test(type);

export const example = (type) =>
  EXAMPLES[type] ?? (isScalar(type) ? "" : /^(frozen<)?(list|set|vector|tuple)</.test(type) ? "[ … ]" : '{ "…": … }');

/** A name as the query of a request has it. */
export const quoted = (name) =>
  /^[a-z_]\w*$/i.test(name) && !WORDS.includes(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;

const unquoted = (name) => name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, "$1") : name;

const inPath = (value) => !["", ".", ".."].includes(value) && value.length < 2000;
const isList = (op) => op === "in" || op === "entry";

export const indexOf = (table, name) =>
  table.indexes.find(({ target }) => unquoted(target.replace(/^\w+\((.*)\)$/, "$1")).replaceAll('""', '"') === name);

/** What may be asked of a column, by the names of the API. */
function operators(table, { column, type, kind }) {
  const index = indexOf(table, column);
  const [, frozen, made] = type.match(/^(frozen<)?(?:(list|set|map|vector)<)?/);
  if (made === "vector") {
    return [index ? "ann" : "eq"];
  }
  if (made) {
    return [frozen && "eq", "contains", made === "map" && "contains_key", made === "map" && !frozen && "entry"].filter(Boolean);
  }
  if (!isScalar(type)) {
    return frozen ? ["eq"] : [];
  }
  if (kind === "partition_key" || /^(boolean|duration)$/.test(type)) {
    return ["eq", "in"];
  }
  return ["eq", "in", "lt", "lte", "gt", "gte", ...(/SASI/.test(index?.class) && isText(type) ? ["like"] : [])];
}

/** What an address asks. */
export function read(query, keys, table) {
  const question = { filters: keys.slice(0, table.key.length).map((value, i) => ({ column: table.key[i].column, op: "eq", value })), rest: [] };
  for (const [name, value] of new URLSearchParams(query)) {
    const [, op, operand] = value.match(/^(\w+)\.([^]*)$/) ?? [];
    const [, column, vector] = (name === "order" && value.match(/^(.*)\.ann\.(.*)$/)) || [];
    if (vector) {
      question.filters.push({ column: unquoted(column), op: "ann", value: vector });
    } else if (WORDS.includes(name)) {
      question[name] = value;
    } else if (table.column(unquoted(name)) && LABELS[op]) {
      question.filters.push({ column: unquoted(name), op, value: isList(op) ? operand.slice(1, -1) : operand });
    } else {
      question.rest.push(`${encode(name)}=${encode(value)}`);
    }
  }
  return question;
}

/** The path and query that ask it, below /v1/. */
export function write(table, { filters, rest = [], ...words }) {
  const keys = [];
  for (const { column } of table.key) {
    const [only, second] = filters.filter((it) => it.column === column);
    if (!only || second || only.op !== "eq" || !inPath(only.value)) {
      break;
    }
    keys.push(only);
  }
  if (keys.length < table.partition.length) {
    keys.length = 0;
  }
  const parameters = [
    ...filters.filter((it) => !keys.includes(it)).map(({ column, op, value }) => op === "ann"
      ? `order=${encode(`${quoted(column)}.ann.${value}`)}`
      : `${encode(quoted(column))}=${op}.${encode(isList(op) ? `(${value})` : value)}`),
    ...rest, ...WORDS.filter((word) => words[word]).map((word) => `${word}=${encode(words[word])}`)];
  const path = [table.keyspace, table.table, ...keys.map(({ value }) => value)].map(encode).join("/");
  return path + (parameters.length > 0 ? `?${parameters.join("&")}` : "");
}

export const tablePath = (table) => `v1/${write(table, { filters: [] })}${table.isCounter ? "?op=merge" : ""}`;

/** The path of a row, or of what has these values of it. */
export const rowPath = (table, row, columns = table.key) => `v1/${write(table, { filters:
  columns.map(({ column }) => ({ column, op: row[column] === null ? "is" : "eq", value: plain(row[column]) })) })}`;

const names = (columns) => columns.map(({ column }) => quoted(column)).join(",");

const reversed = (table) => table.clustering
  .map(({ column }) => `${quoted(column)}.${table.clustering_order[column] === "asc" ? "desc" : "asc"}`).join(",");

/** What is answered: rows, or what is made of them. */
const shapes = (table) => [["", "rows"], ["select=count()", "number of rows"], ["distinct=true", "partitions"],
  ...table.columns.filter(({ type, kind }) => isNumber(type) && kind !== "partition_key").slice(0, 50).map((column) =>
    [`select=${["count", "min", "max", "avg"].map((it) => `${it}(${names([column])})`)}`, `summary of ${column.column}`])];

/** The form in which a question is clicked together. */
export function queryForm(table, question, ask) {
  const where = el("div.where");
  let conditions = 0;

  function condition(column, filter, more) {
    const id = `where-${conditions++}`;
    const offered = operators(table, column);
    const value = el("input", { id, value: filter?.value ?? "", autocomplete: "off", placeholder: isScalar(column.type) && example(column.type) });
    const op = select(offered.map((it) => [it, LABELS[it]]), filter?.op ?? offered[0], { "aria-label": `Operator for ${column.column}` });
    const row = el("div", { class: `condition ${column.kind}` }, el("label", { for: id }, bdi(column.column)), op, value,
      more && button("×", () => (row.remove(), add.focus()), { class: "quiet", "aria-label": `Remove the filter on ${column.column}` }));
    row.read = () => value.value || more || filter?.value === "" ? [{ column: column.column, op: op.value, value: value.value }] : [];
    where.append(row);
    return value;
  }

  const filters = [...question.filters];
  for (const column of table.key) {
    const at = filters.findIndex((it) => it.column === column.column);
    condition(column, at < 0 ? undefined : filters.splice(at, 1)[0]);
  }
  filters.forEach((filter) => condition(table.column(filter.column), filter, true));

  const choices = (label, test) => {
    const columns = table.columns.filter((it) => it.kind !== "partition_key" && operators(table, it).length > 0 && test(it));
    return columns.length > 0 && el("optgroup", { label }, columns.map(({ column }) => el("option", { value: column }, column)));
  };
  const found = ({ column, kind }) => kind === "clustering" || indexOf(table, column);
  const add = el("select", { "aria-label": "Add a filter on a column", change: () => {
    condition(table.column(add.value), undefined, true).focus();
    add.value = "";
  } }, el("option", { value: "" }, "+ Filter"), choices("By key or index", found), choices("By a scan", (it) => !found(it)));

  const listed = (question.select?.match(/("(\\.|[^"\\])*"|[^,"])+/g) ?? []).map(unquoted);
  const made = !listed.every(table.column) && `select=${question.select}`;
  const shape = select(shapes(table), question.distinct ? "distinct=true" : made || "", { id: "shape", change: () => showGroup() });
  const groups = table.clustering.map((_, i) => names(table.key.slice(0, table.partition.length + i)));
  const group = select([["", "all"], ...groups], question.group ?? "", { id: "group" });
  const by = labelled("by", group);
  const showGroup = () => (by.hidden = !shape.value.startsWith("select=") || groups.length === 0);
  showGroup();
  const order = select([["", "as stored"], [reversed(table), "reversed"]], question.order ?? "", { id: "order" });
  const limit = el("input", { id: "limit", type: "number", min: "1", max: "1000", value: question.limit ?? LIMIT });
  const scan = el("input", { type: "checkbox", id: "scan", checked: question.scan === "true" });
  const columns = columnChoice(table, new Set(made ? [] : listed));

  const asked = form(() => {
    const [word, value] = shape.value.split(/=([^]*)/);
    ask({
      filters: [...where.children].flatMap((row) => row.read()), rest: question.rest, per_partition: question.per_partition,
      select: columns.read(), ...(word && { [word]: value }), order: word ? "" : order.value, limit: limit.value,
      group: !by.hidden && group.value, scan: scan.checked && "true", split: scan.checked && question.split,
    });
  }, where, el("div.options", add, labelled("Show", shape), by, columns, table.clustering.length > 0 && labelled("Order", order),
    labelled("Rows", limit), table.permissions.includes("scan") && checked("Scan the table", scan), primary("Run", { id: "run" })));
  asked.classList.add("query");
  return asked;
}

/** Which columns the rows have; drawn when it is opened, as there may be many. */
function columnChoice(table, chosen) {
  const list = el("div.choices");
  const label = () => (summary.textContent = `Columns: ${chosen.size || "all"}`);
  const summary = el("summary");
  const search = el("input", { type: "search", "aria-label": "Find a column", placeholder: "Find", input: () => {
    for (const choice of list.children) {
      choice.hidden = !choice.textContent.toLowerCase().includes(search.value.toLowerCase());
    }
  } });
  const choice = ({ column }) => {
    const box = el("input", { type: "checkbox", checked: chosen.has(column), change: () => {
      chosen[box.checked ? "add" : "delete"](column);
      label();
    } });
    return checked(bdi(column), box);
  };
  const choices = el("details.menu", {
    toggle: () => choices.open && !list.firstChild && list.append(...table.columns.map(choice)),
    keydown: (event) => event.key === "Escape" && (choices.open = false, summary.focus()),
  }, summary, el("div.panel", table.columns.length > 20 && search, list));
  label();
  choices.read = () => names(table.columns.filter(({ column }) => chosen.has(column)));
  return choices;
}
