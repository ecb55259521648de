/* Beside the lanes: the values of shared variables, who holds which lock, and the source. */

function showValues(moment) {
  const body = byId("values").tBodies[0];
  byId("values-section").hidden = !run.places.length;
  body.replaceChildren(...run.places.map((place) => {
    const now = known(place.history, moment);
    const changed = now !== null && now.at === moment && moment > 0;
    const value = element("td", {}, element("code", {}, now ? now.what : "?"));
    if (changed && now.before !== null) value.append(" ", element("span", { class: "was" }, ...parts("was {value}", { value: element("code", {}, now.before) })));
    else if (changed) value.append(" ", element("span", { class: "was" }, say("now known")));
    return element("tr", { class: changed ? "changed" : null }, element("th", { scope: "row" }, element("code", {}, place.name)), value);
  }));
}

function showLocks(moment, waiting) {
  byId("locks-section").hidden = !run.locks.length;
  byId("locks").tBodies[0].replaceChildren(...run.locks.map((lock, at) => {
    const now = known(lock.history, moment);
    const holders = now?.what ?? [];
    const state = element("td", {});
    if (holders.length) state.append(...parts("held by {who}", { who: spaced(holders.map(chip)) }));
    else state.append(element("span", { class: "free" }, say("free")));
    const queue = waiting.filter((wait) => wait.lock === at).map((wait) => chip(wait.task));
    if (queue.length) state.append(element("span", { class: "queue" }, ...parts("wanted by {who}", { who: spaced(queue) })));
    return element("tr", { class: now?.at === moment && moment > 0 ? "changed" : null },
      element("th", { scope: "row" }, element("code", {}, lock.name)), state);
  }));
}

function spaced(items) {
  return items.flatMap((item, at) => (at ? [" ", item] : [item]));
}

/* The lines around those of the story, always the same ones, so that nothing jumps; and those at
   which tasks are now, where these are elsewhere. */
const AROUND = 2;
const MOST_LINES = 160;
const storyLines = new Map();
for (const step of rows.flatMap((row) => row.steps.map(stepOf))) keepLines(storyLines, step);

function keepLines(kept, step) {
  if (!step.line || !run.sources[step.file ?? -1]) return;
  if (!kept.has(step.file)) kept.set(step.file, new Set());
  const lines = run.sources[step.file].lines ?? [];
  for (let line = Math.max(step.line - AROUND, 1); line <= Math.min(step.line + AROUND, lines.length); line++) kept.get(step.file).add(line);
}

function showSource(moment) {
  const kept = new Map([...storyLines].map(([file, lines]) => [file, new Set(lines)]));
  const at = linesAt(moment);
  const now = new Set(stepsAt(moment).filter((step) => step.line).map((step) => step.task));
  for (const [task, step] of at) {
    if (now.has(task) || (moment > 0 && tasks.get(task).lane)) keepLines(kept, step);
  }
  byId("source-section").hidden = !kept.size;
  byId("source").replaceChildren(...[...kept].map(([file, lines]) => excerpt(file, lines, at, now)));
}

function excerpt(file, lines, at, now) {
  const here = new Map();
  for (const step of at.values()) {
    if (step.file !== file) continue;
    if (!here.has(step.line)) here.set(step.line, []);
    here.get(step.line).push(step);
  }
  const made = element("figure", {}, element("figcaption", {}, run.sources[file].name));
  const listing = element("ol", {});
  const text = (line) => run.sources[file].lines[line - 1];
  const shown = [...lines].sort((a, b) => a - b).slice(0, MOST_LINES);
  const indent = Math.min(...shown.filter(text).map((line) => text(line).search(/\S/)));
  let before = 0;
  for (const line of shown) {
    if (before && line > before + 1) listing.append(element("li", { class: "gap", "aria-label": say("lines left out") }, "⋯"));
    before = line;
    const steps = here.get(line) ?? [];
    const current = steps.some((step) => now.has(step.task));
    listing.append(element("li", { class: current ? "current" : steps.length ? "reached" : null },
      element("span", { class: "line" }, String(line)), element("code", {}, text(line).slice(indent)),
      steps.length ? element("span", { class: "at" }, ...spaced(steps.map((step) => chip(step.task)))) : ""));
  }
  made.append(listing);
  return made;
}
