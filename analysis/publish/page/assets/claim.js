"use strict";
{
  all(".sortable").forEach((table) => {
    const body = table.tBodies[0];
    // Each row gets the name of its definition, which stood over several.
    [...body.rows].reduce((above, row, i) => {
      row.dataset.f = i;
      const head = row.querySelector("th");
      if (head) return head;
      above.removeAttribute("rowspan");
      row.prepend(above.cloneNode(true));
      return above;
    }, null);
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
    const days = [...until.options].map((option) => option.value);
    const strip = document.querySelector(".line");
    const put = (mark, places) => {
      const known = Object.entries(places).filter(([, place]) => place !== undefined);
      mark.toggleAttribute("hidden", !known.length);
      for (const [name, place] of known) mark.setAttribute(name, place + "%");
    };
    const write = (label, text) => {
      label.hidden = !text;
      label.textContent = text || "";
    };
    const draw = (line) => {
      strip.hidden = !line;
      if (!line) return;
      const [stated, from, width, points, [first, last, report, ...numbers]] = line;
      put(strip.querySelector(".fits"), { x: from, width });
      put(strip.querySelector(".stated"), { x1: stated, x2: stated });
      all(".band", strip).forEach((band, i) => put(band, { x1: points[i]?.[1], x2: points[i]?.[2] }));
      all(".data", strip).forEach((mark, i) => put(mark, { cx: points[i]?.[0] }));
      all(".ends span", strip).forEach((end, i) => write(end, [first, last][i]));
      write(strip.querySelector(".stated-key"), report);
      all(".data-key", strip).forEach((key, i) => write(key, numbers[i]));
    };
    const look = () => {
      const taken = known.names.map((name) => boxes.some((box) => box.value === name && box.checked));
      const day = days.indexOf(until.value), codes = known.table[day];
      const place = taken.reduce((sum, is, i) => sum + (is ? 2 ** i : 0), 0) * known.width % codes.length;
      const code = [...codes.slice(place, place + known.width)].reduce((sum, digit) => sum * known.digits.length + known.digits.indexOf(digit), 0);
      const [verdict, cited, line, base, standIns] = known.states[code];
      const word = told.querySelector("b"), row = rows.get(cited);
      word.className = "v" + verdict;
      word.textContent = known.verdicts[verdict];
      told.querySelector("span").textContent = row ? row.cells[1].textContent : "";
      told.querySelector("small").textContent = row ? row.cells[0].firstChild.textContent + " · " + row.querySelector("td:last-child span").textContent : "";
      if (strip) {
        draw(known.lines[line]);
        strip.querySelector(".own").hidden = taken.every(Boolean) && day === days.length - 1;
      }
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
        rows.get(i).querySelector("i").textContent = known.when[when];
      });
    };
    const save = () => {
      const chosen = new URLSearchParams(), without = boxes.filter((box) => !box.checked).map((box) => box.value);
      if (without.length) chosen.set("without", without.join(","));
      if (until.selectedIndex < until.length - 1) chosen.set("until", until.value);
      look();
      keep(chosen);
    };
    const read = () => {
      const without = (asked().get("without") || "").split(","), day = asked().get("until");
      boxes.forEach((box) => (box.checked = !without.includes(box.value)));
      until.selectedIndex = days.includes(day) ? days.indexOf(day) : until.length - 1;
      look();
      pass();
    };
    boxes.forEach((box) => box.addEventListener("change", save));
    until.addEventListener("change", save);
    form.querySelector("button").addEventListener("click", () => { keep(new URLSearchParams()); read(); });
    addEventListener("hashchange", read);
    read();
  }
}
