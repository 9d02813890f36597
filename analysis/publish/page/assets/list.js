"use strict";
{
  const filters = document.querySelector(".filters");
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
