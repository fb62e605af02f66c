/** In development, a box for CQL: where a server takes it, its root has a link. */
import { button, dialog, el, form, primary, problem, sheet } from "./dom.js";
import { send } from "./api.js";
import { cell } from "./rows.js";

export function openCql(path, done) {
  const text = el("textarea.value", { id: "cql", autofocus: true, spellcheck: "false", "aria-label": "CQL statements",
    placeholder: "SELECT * FROM my_keyspace.my_table;", keydown: (event) => event.key === "Enter" && event.ctrlKey && text.form.requestSubmit() });
  const answers = el("div", { "aria-live": "polite" });

  function answer({ line, rows, more }) {
    const names = Object.keys(rows?.[0] ?? {});
    return [el("h3", `Line ${line}: ${rows ? `${rows.length} rows${more ? ", and there are more" : ""}` : "done"}`),
      names.length > 0 && sheet(names, rows.map((row) => names.map((name) => el("td", cell(row[name])))))].filter(Boolean);
  }

  const box = dialog("CQL", { class: "wide", close: done }, form(async () => {
    try {
      const { body } = await send("POST", path, { headers: { "Content-Type": "application/cql" }, body: text.value });
      answers.replaceChildren(...body.flatMap(answer));
    } catch (error) {
      answers.replaceChildren(problem(error));
    }
  }, text, answers, el("footer", primary("Run"), el("span.muted", "or Ctrl+Enter"), button("Close", () => box.close()))));
}
