"use strict";
const about = new Map([...document.querySelectorAll("#fields dl div")].map((pair) => [pair.children[0].textContent, pair.children[1].textContent]));
for (const name of document.querySelectorAll(".more dt")) name.title = about.get(name.textContent) ?? "";
for (const sheet of document.querySelectorAll(".sheet")) {
  const table = sheet.querySelector("table");
  const rows = () => [...table.tBodies].filter((body) => body.classList.contains("row"));
  const open = (body, on) => {
    const more = body.querySelector("tr.more");
    if (!more) return;
    more.hidden = !on;
    body.querySelector("th button").setAttribute("aria-expanded", String(on));
  };
  const isOpen = (body) => { const more = body.querySelector("tr.more"); return more && !more.hidden; };
  table.addEventListener("click", (event) => {
    const body = event.target.closest("tbody.row");
    if (!body || event.target.closest("tr.more, a") || String(getSelection())) return;
    open(body, !isOpen(body));
  });
  const heads = [...table.tHead.rows[0].cells];
  const choice = sheet.querySelector("select");
  const sort = (column, down) => {
    const head = heads[column];
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    if (choice) choice.value = column + (down ? "-" : "+");
    const number = head.classList.contains("num");
    const key = (body) => body.rows[0].cells[column].textContent;
    const value = (text) => Number(text.replace(",", "."));
    const blank = (text) => text === "" || (number && Number.isNaN(value(text)));
    const order = (a, b) => (number ? value(a) - value(b) : a.localeCompare(b)) * (down ? -1 : 1);
    // What has no value comes last either way.
    const sorted = rows().map((body) => [key(body), body]).sort(([a], [b]) => (blank(a) || blank(b) ? blank(a) - blank(b) : order(a, b)));
    const gaps = [...table.tBodies].filter((body) => body.classList.contains("gap"));
    table.append(...sorted.map((pair) => pair[1]), ...gaps);
  };
  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
    if (choice) choice.append(new Option(`${head.textContent} ▲`, column + "+"), new Option(`${head.textContent} ▼`, column + "-"));
  });
  if (choice && !table.classList.contains("packets")) choice.selectedIndex = -1;
  if (choice) choice.addEventListener("change", () => sort(parseInt(choice.value), choice.value.endsWith("-")));
  const filter = sheet.querySelector("input");
  const count = sheet.querySelector("output");
  if (filter) filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase();
    let shown = 0;
    for (const body of rows()) {
      body.hidden = !body.textContent.toLowerCase().includes(wanted);
      if (!body.hidden) shown += 1;
    }
    count.textContent = wanted ? count.dataset.words.replace("{shown}", shown).replace("{all}", rows().length) : "";
  });
  const all = sheet.querySelector("button.all");
  if (all) all.addEventListener("click", () => {
    const on = !rows().every(isOpen);
    rows().forEach((body) => open(body, on));
    all.textContent = on ? all.dataset.close : all.dataset.open;
  });
  const aim = () => { const body = document.getElementById(location.hash.slice(1)); if (body && table.contains(body)) { body.hidden = false; open(body, true); body.scrollIntoView({ block: "nearest" }); } };
  addEventListener("hashchange", aim);
  aim();
}
