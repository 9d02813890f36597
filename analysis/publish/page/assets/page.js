"use strict";
{
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const asked = () => new URLSearchParams(location.hash.slice(1));
  document.documentElement.classList.add("js");

  // The choice goes into the address and to the other languages.
  const keep = (chosen) => {
    const hash = chosen.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    pass();
  };
  const pass = () => all(".languages a").forEach((link) => (link.hash = location.hash));

  const filters = document.querySelector(".filters");
  if (filters) {
    const rows = all("tr[data-k]"), marks = all(".marks i");
    const said = filters.querySelector("output"), text = said.dataset.text;
    const selects = all("select", filters);
    const filter = () => {
      rows.forEach((row, i) => {
        const keys = row.dataset.k.split(" ");
        row.hidden = selects.some((select, j) => select.value && select.value !== keys[j]);
        marks[i].classList.toggle("out", row.hidden);
      });
      all(".list tbody").forEach((body) => (body.hidden = !body.querySelector("tr[data-k]:not([hidden])")));
      said.textContent = text.replace("{count}", rows.filter((row) => !row.hidden).length);
    };
    const read = () => { selects.forEach((select) => (select.value = asked().get(select.name) || "")); filter(); pass(); };
    rows.forEach((row, i) => {
      const link = row.querySelector("a");
      marks[i].title = link.textContent;
      marks[i].addEventListener("click", () => link.click());
    });
    filters.addEventListener("change", () => {
      filter();
      keep(new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value])));
    });
    addEventListener("hashchange", read);
    read();
  }

  all(".sortable").forEach((table) => {
    const body = table.tBodies[0];
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        all("thead th", table).forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[column].dataset.n ?? row.cells[column].textContent;
        const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
        const compare = (a, b) => (key(a) === "") - (key(b) === "") || (up ? 1 : -1) * (isNaN(key(a)) || isNaN(key(b)) ? order.compare(key(a), key(b)) : key(a) - key(b));
        body.append(...[...body.rows].sort(compare));
      });
    });
  });

  // What a choice gives was worked out by the audit and is looked up.
  const data = document.getElementById("choices");
  if (data) {
    const known = JSON.parse(data.textContent), form = document.getElementById("choice");
    const boxes = all(".curve input, .undrawn input"), until = form.querySelector("select"), told = document.getElementById("chosen");
    const rows = new Map(all("tr[data-f]").map((row) => [+row.dataset.f, row]));
    const look = () => {
      const taken = known.names.map((name) => boxes.some((box) => box.value === name && box.checked));
      const day = known.days.indexOf(until.value);
      const place = taken.reduce((sum, is, i) => sum + (is ? 2 ** i : 0), 0) * known.width;
      const code = [...known.table[day].slice(place, place + known.width)].reduce((sum, digit) => sum * known.digits.length + known.digits.indexOf(digit), 0);
      const [verdict, cited, base, standIns] = known.states[code];
      const word = told.querySelector("b"), row = rows.get(cited);
      word.className = "v" + verdict;
      word.textContent = known.verdicts[verdict];
      told.querySelector("span").textContent = row ? row.cells[1].textContent : "";
      told.querySelector("small").textContent = row ? row.cells[0].firstChild.textContent + " · " + row.querySelector("td:last-child span").textContent : "";
      known.findings.forEach(([definition, out], i) => {
        const when = standIns.includes(i) ? "stand_in" : known.times[i] === "t" ? "then" : "later";
        all(`[data-f="${i}"]`).forEach((one) => {
          one.toggleAttribute("hidden", !taken[definition] || out > day);
          one.classList.toggle("base", base.includes(i));
          if (one.tagName === "g") for (const name in known.when) one.classList.toggle(name, name === when);
        });
        const answer = rows.get(i).cells[4], mark = answer.querySelector("em");
        if (mark) mark.remove();
        if (base.includes(i)) answer.append(Object.assign(document.createElement("em"), { textContent: known.rests }));
        rows.get(i).querySelector(".when").textContent = known.when[when];
      });
    };
    const write = () => {
      const chosen = new URLSearchParams(), without = boxes.filter((box) => !box.checked).map((box) => box.value);
      if (without.length) chosen.set("without", without.join(","));
      if (until.selectedIndex < until.length - 1) chosen.set("until", until.value);
      look();
      keep(chosen);
    };
    const read = () => {
      const without = (asked().get("without") || "").split(","), day = asked().get("until");
      boxes.forEach((box) => (box.checked = !without.includes(box.value)));
      until.selectedIndex = known.days.includes(day) ? known.days.indexOf(day) : until.length - 1;
      look();
      pass();
    };
    boxes.forEach((box) => box.addEventListener("change", write));
    until.addEventListener("change", write);
    form.querySelector("button").addEventListener("click", () => { keep(new URLSearchParams()); read(); });
    addEventListener("hashchange", read);
    read();
  }
}
