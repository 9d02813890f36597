"use strict";
// Shared by the other scripts: it is loaded before them.
const all = (query, within = document) => [...within.querySelectorAll(query)];
const asked = () => new URLSearchParams(location.hash.slice(1));
// The choice goes to the other languages,
const pass = () => all(".languages a").forEach((link) => (link.hash = location.hash));
// and into the address.
const keep = (chosen) => {
  const hash = chosen.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  pass();
};
document.documentElement.classList.add("js");
