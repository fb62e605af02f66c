/** A row as a form: added, changed on the condition that nobody else has changed it, deleted. */
import { announce, button, code, dialog, el, problem, select } from "./dom.js";
import { curl, send } from "./api.js";
import { isScalar, isText, plain, rowPath } from "./query.js";
import { cell } from "./rows.js";

const JSON_TYPE = { "Content-Type": "application/json" };
const LONG = 10_000;

const EXAMPLES = { timestamp: "2026-11-22T10:00:00Z", date: "2026-11-22", time: "10:00:00", duration: "1h30m", blob: "base64", inet: "192.0.2.1" };

function example(type) {
  const inner = type.replace(/^frozen<(.*)>$/, "$1");
  return EXAMPLES[type] ?? (/^(list|set|vector|tuple)</.test(inner) ? "[ … ]" : isScalar(inner) ? "" : '{ "…": … }');
}

/**
 * A column of the form. What it is to become is told apart from its text: the empty text, null and
 * what is left as it is are three things.
 */
function field(table, column, value, changed) {
  const { type, kind } = column;
  const id = `field-${table.columns.indexOf(column)}`;
  const inKey = /_key|clustering/.test(kind);
  const counter = type === "counter";
  const shown = (it) => it === undefined || it === null || counter ? "" : isText(type) ? it : plain(it);
  const fixed = inKey && value !== undefined;
  const input = type === "boolean"
    ? select(["", "true", "false"], shown(value), { id, disabled: fixed })
    : el("textarea", { id, rows: isText(type) || isScalar(type) ? "1" : "2", readonly: fixed, spellcheck: "false", autocomplete: "off",
      placeholder: counter ? "add, as 1 or -1" : example(type), value: shown(value), wrap: shown(value).length > LONG && "off" });
  const made = value !== undefined || counter ? [] : [
    /^(timestamp|date|time|timeuuid)$/.test(type) && ["$now", "now"], type === "uuid" && ["$uuid", "new uuid"]].filter(Boolean);
  const state = select([...(inKey ? [] : [["keep", value === undefined || counter ? "leave out" : "unchanged"]]), ["value", counter ? "add" : "value"],
    ...(inKey || counter ? [] : [["null", "null"]]), ...made], inKey ? "value" : "keep", { "aria-label": `What becomes of ${column.column}` });
  const note = el("div", { class: "note", id: `${id}-note` });
  const row = el("div", { class: `field ${kind}` }, el("label", { for: id }, el("bdi", {}, column.column), el("small", {}, type)), input, fixed ? el("span", {}) : state, note);
  input.setAttribute("aria-describedby", note.id);
  input.addEventListener("input", () => {
    state.value = "value";
    changed();
  });
  state.addEventListener("change", changed);
  return Object.assign(row, {
    column: column.column, fixed,
    get touched() {
      return state.value !== "keep";
    },
    /** As JSON, whose numbers have all of their digits; nothing where it is left as it is. */
    get json() {
      const text = isText(type) ? input.value : input.value.trim();
      const json = isScalar(type) && type !== "boolean" ? JSON.stringify(text) : text;
      return { keep: undefined, null: "null", value: counter ? `{"$inc":${json}}` : json }[state.value] ?? (state.value.startsWith("$") ? `{"${state.value}":true}` : undefined);
    },
    show(it) {
      input.value = shown(it);
      state.value = "keep";
      changed();
    },
    say(...content) {
      note.replaceChildren(...content);
      row.classList.toggle("marked", content.length > 0);
    },
    blame(text) {
      row.say(text);
      input.setAttribute("aria-invalid", "true");
      input.focus();
    },
    calm() {
      row.say();
      input.removeAttribute("aria-invalid");
    },
  });
}

const body = (fields) => `{${fields.filter((it) => !it.fixed && it.json !== undefined).map((it) => `${JSON.stringify(it.column)}:${it.json}`).join(",")}}`;

/** Opens the row, or a new one. */
export async function openRow(table, row, done) {
  const path = row && rowPath(table, row);
  let tag;
  let base = row;
  let early;
  try {
    if (row) {
      const answer = await send("GET", path);
      [base] = [answer.body].flat();
      tag = answer.etag ?? '"unknown"'; // a row without a path; the 412 says which it has
    }
  } catch (error) {
    early = error;
  }
  const conditional = !table.isCounter && table.columns.some(({ kind }) => kind === "regular" || kind === "static");
  const mayWrite = table.may("write") || (!row && table.may("create"));
  const messages = el("div", {});
  const request = el("details", { class: "request" }, el("summary", {}, "Request"), el("div", {}));
  const onlyNew = el("input", { type: "checkbox", id: "only-new", checked: !table.isCounter });
  const fields = table.columns.filter(({ kind }) => mayWrite || kind).map((column) => field(table, column, row ? base?.[column.column] ?? null : undefined, () => drawCall()));
  let gone = false;

  function call() {
    if (row && !gone) {
      return ["PATCH", path, { ...JSON_TYPE, ...(conditional && { "If-Match": tag }) }, body(fields)];
    }
    const to = `v1/${[table.keyspace, table.table].map(encodeURIComponent).join("/")}${table.isCounter ? "?op=merge" : ""}`;
    const all = gone ? fields.map((it) => it.fixed || !it.touched ? { column: it.column, json: JSON.stringify(base[it.column]) } : it) : fields;
    return ["POST", to, { ...JSON_TYPE, ...((onlyNew.checked || !table.may("write")) && { "If-None-Match": "*" }) }, body(all)];
  }
  function drawCall() {
    request.lastChild.replaceChildren(...(request.open ? [code("curl", curl(...call()))] : []));
  }
  request.addEventListener("toggle", drawCall);

  /** Somebody else was faster: what they wrote, by column, and the next try is on top of it. */
  function conflict({ current, etag }) {
    if (!current) {
      gone = true;
      save.textContent = "Add it again";
      remove && (remove.hidden = true);
      messages.replaceChildren(el("div", { class: "conflict", role: "alert" }, el("strong", {}, "This row is not there any more."),
        el("p", {}, "Somebody has deleted it since you opened it.")));
      return;
    }
    let differing = 0;
    for (const it of fields) {
      const [was, now] = [base[it.column], current[it.column]];
      it.calm();
      if (JSON.stringify(was) !== JSON.stringify(now)) {
        differing++;
        const both = [el("span", {}, "was ", cell(was)), el("span", {}, "is now ", cell(now))];
        if (it.touched) {
          const take = button("Take what is there", () => (it.show(now), it.calm()));
          it.say(...both, take);
        } else {
          it.show(now);
          it.say(...both);
        }
      }
    }
    base = current;
    tag = etag;
    messages.replaceChildren(el("div", { class: "conflict", role: "alert" }, el("strong", {}, "Somebody has changed this row since you opened it."),
      el("p", {}, `${differing} ${differing === 1 ? "column differs" : "columns differ"}, and nothing of yours was written. Save again to write what you changed, or take what is there.`)));
    drawCall();
  }

  async function attempt(method, target, headers, data, success) {
    try {
      await send(method, target, { headers, body: data });
      box.close();
      announce(success);
      done();
    } catch (error) {
      fields.forEach((it) => it.calm());
      if (error.document?.code === "condition-failed" && row && !gone && "current" in error.document) {
        const { current, etag } = error.document;
        if (tag === '"unknown"' && JSON.stringify(current) === JSON.stringify(base)) {
          tag = etag;
          return attempt(method, target, { ...headers, "If-Match": etag }, data, success);
        }
        return conflict(error.document);
      }
      messages.replaceChildren(problem(error));
      fields.find((it) => it.column === error.document?.column)?.blame(error.document.detail);
    }
  }

  const save = el("button", { class: "primary" }, row ? "Save" : table.isCounter ? "Count" : "Add");
  const remove = row && table.may("delete") && button("Delete", () => footer.replaceChildren(
    el("strong", {}, "Delete this row?"),
    button("Delete it", () => attempt("DELETE", path, conditional ? { "If-Match": tag } : {}, undefined, "Row deleted").then(() => footer.replaceChildren(...usual)), { class: "danger" }),
    button("Keep it", () => footer.replaceChildren(...usual))));
  const usual = [mayWrite && !early && save, button("Cancel", () => box.close()), !row && !table.isCounter && table.may("write") && el("label", { class: "check" }, onlyNew, "Only if there is none with this key"),
    el("span", { class: "tools" }, remove)].filter(Boolean);
  const footer = el("footer", {}, usual);
  const box = dialog(row ? `Row of ${table.table}` : table.isCounter ? `Count in ${table.table}` : `New row of ${table.table}`, { class: "wide" },
    early && problem(early), messages,
    el("form", { submit: (event) => {
      event.preventDefault();
      const [method, target, headers, data] = call();
      if (row && !gone && data === "{}") {
        messages.replaceChildren(el("p", { class: "muted", role: "alert" }, "Nothing is changed yet."));
        return;
      }
      return attempt(method, target, headers, data, row ? "Row changed" : "Row added");
    } }, el("div", { class: "fields" }, fields), mayWrite && request, footer));
  fields.find((it) => !it.fixed)?.querySelector("textarea, select").focus();
}
