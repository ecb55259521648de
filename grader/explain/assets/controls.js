/* Going through the steps: slider, buttons, keys, theme, printing. */

let current = wrongMoment();
const lanes = new Lanes((moment) => go(moment), () => setUnfolded(true));
const slider = byId("slider");

function go(moment, scroll = true) {
  current = Math.max(0, Math.min(moment, moments - 1));
  slider.value = current;
  slider.setAttribute("aria-valuetext", current < count ? say("step {at} of {count}", { at: current + 1, count }) : say("the end"));
  byId("first").disabled = byId("back").disabled = current === 0;
  byId("last").disabled = byId("on").disabled = current === moments - 1;
  const waiting = waitsAt(current);
  lanes.show(current, scroll);
  showValues(current);
  showLocks(current, waiting);
  showWaits(current, waiting);
  showSource(current);
  tellNow();
}

/* The step in a sentence: for those who look, and for those who listen. */
function tellNow() {
  const where = element("span", { class: "step-number" }, current < count ? say("Step {at} of {count}", { at: number(current + 1), count: number(count) }) : say("The end"));
  const steps = stepsAt(current);
  const those = steps.filter((step) => tasks.get(step.task).lane);
  const told = (those.length ? those : steps).slice(0, 8).flatMap((step) => {
    const parts = [" ", chip(step.task), step.line ? say(", line {line}: ", { line: step.line }) : ": ", step.did];
    if (step.note) parts.push(" ", element("strong", { class: "note" }, `✗ ${step.note}`));
    return parts.concat(".");
  });
  const changed = run.places.filter((place) => {
    const now = known(place.history, current);
    return now && now.at === current && current > 0 && now.before !== null;
  }).slice(0, 3).flatMap((place) => [" ", ...parts("{name} is now {value}.", {
    name: element("code", {}, place.name), value: element("code", {}, known(place.history, current).what),
  })]);
  byId("now").replaceChildren(where, ...told, ...changed);
}

function inStoryFrom(moment, way) {
  return way > 0 ? storyMoments.find((each) => each > moment) : storyMoments.findLast((each) => each < moment);
}

function setUnfolded(all) {
  lanes.unfold(all);
  const button = byId("unfold");
  button.setAttribute("aria-pressed", String(all));
  button.textContent = all ? say("Only the story") : say("All {count} steps", { count: number(count) });
  go(current);
}

const KEYS = {
  ArrowLeft: () => go(current - 1),
  ArrowRight: () => go(current + 1),
  ArrowUp: () => go(inStoryFrom(current, -1) ?? current),
  ArrowDown: () => go(inStoryFrom(current, 1) ?? current),
  Home: () => go(0),
  End: () => go(moments - 1),
  f: () => setUnfolded(!lanes.all),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
slider.addEventListener("input", () => go(Number(slider.value)));
byId("first").addEventListener("click", KEYS.Home);
byId("back").addEventListener("click", KEYS.ArrowLeft);
byId("on").addEventListener("click", KEYS.ArrowRight);
byId("last").addEventListener("click", KEYS.End);
byId("unfold").addEventListener("click", KEYS.f);

/* The theme is the system's until somebody chooses another one, and then that of this page only. */
const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}

function nameTheme() {
  byId("theme").textContent = isDark() ? say("Light theme") : say("Dark theme");
}

byId("theme").addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
dark.addEventListener("change", nameTheme);

/* On paper: the whole story, at the step where it goes wrong. */
let before = null;
matchMedia("print").addEventListener("change", (event) => {
  if (event.matches) {
    before = { all: lanes.all, moment: current };
    if (lanes.all) setUnfolded(false);
    go(moments > count ? moments - 1 : wrongMoment(), false);
  } else if (before) {
    if (before.all) setUnfolded(true);
    go(before.moment, false);
    before = null;
  }
});

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/* What is said about the run from outside. */
function frame() {
  byId("title").append(element("span", { class: "kind" }, sentence(run.story)), run.title ? " " : "", run.title);
  byId("outcome").textContent = sentence(run.outcome);
  byId("outcome").hidden = !run.outcome;
  byId("facts").textContent = run.facts.join(" ");
  byId("facts").hidden = !run.facts.length;
  const [at, of] = run.position ?? [-1, -1];
  const place = at < 0 ? "" : say(of < 0 ? "Schedule {at}, " : "Schedule {at} of {of}, ", { at, of });
  byId("replay").append(run.label === "x" ? "" : `${run.label} · `, place, ...parts("replay {schedule}", { schedule: element("code", {}, run.schedule) }));
  byId("why").textContent = run.why;
  byId("orders").hidden = !run.orders;
  for (const name of ["calls", "tried"]) byId(name).append(...(run.orders?.[name] ?? []).map((text) => element("li", {}, text)));
  byId("also").append(...run.also.map((text) => element("p", {}, say("Also: {text}", { text }))));
  const link = /^(https:\/\/(?:docs\.python\.org|en\.wikipedia\.org)\/[\w\-./#%]+) ?(?:\((.+)\))?$/.exec(run.read);
  const where = link ? element("a", { href: link[1], rel: "noreferrer noopener", target: "_blank" }, link[2] ?? link[1]) : run.read;
  byId("read").append(...parts("Read: {where}", { where }));
  if (run.more_things) byId("values-section").append(element("p", { class: "free" }, say("{count} more are not shown.", { count: run.more_things })));
}

function ticks() {
  const last = Math.max(moments - 1, 1);
  byId("ticks").append(...storyMoments.map((moment) => {
    const tick = element("span", { class: stepsAt(moment).some((step) => step.mark === "✗") ? "wrong" : null });
    tick.style.left = `${(100 * moment) / last}%`;
    return tick;
  }));
}

frame();
nameTheme();
if (moments) {
  slider.max = moments - 1;
  ticks();
  lanes.build();
  setUnfolded(!storyMoments.length);
  window.scrollTo(0, 0);
} else {
  byId("controls").hidden = true;
  document.querySelectorAll(".story, .side").forEach((part) => { part.hidden = true; });
}
