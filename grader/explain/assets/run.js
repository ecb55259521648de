/* The run: its steps, and what is known between them. A moment is the number of an executed step;
   the moment after the last one, where there is one, is the end at which tasks wait for ever. */

const run = JSON.parse(document.getElementById("run").textContent);
const count = run.steps.length;
const moments = count + (run.stuck.length ? 1 : 0);
const tasks = new Map(run.tasks.map((task, at) => [task.id, { ...task, hue: at % 6 }]));
const rows = run.rows.map((row) => ({ steps: row.steps ?? [], folded: row.folded ?? 0, again: row.again ?? false }));
const storyMoments = [...new Set(rows.flatMap((row) => row.steps.map(momentOf)))].sort((a, b) => a - b);
const inStory = new Set(storyMoments);

/* Those that matter first. */
const atTheEnd = [...run.stuck].sort((one, other) => Number(tasks.get(other.task).lane ?? false) - Number(tasks.get(one.task).lane ?? false));

function momentOf(step) {
  return Math.min(step, count);
}

function stepOf(number) {
  return number < count ? run.steps[number] : run.stuck[number - count];
}

/* What happens at a moment: one step, or at the end what each task waits for. */
function stepsAt(moment) {
  return moment < count ? [run.steps[moment]] : atTheEnd;
}

/* The moment at which it goes wrong, else the last one of the story. */
function wrongMoment() {
  const wrong = [...run.steps, ...run.stuck].findIndex((step) => step.mark === "✗");
  if (wrong >= 0) return momentOf(wrong);
  return storyMoments.length ? storyMoments[storyMoments.length - 1] : Math.max(moments - 1, 0);
}

/* The last entry of a history that holds at a moment; entries are [moment, what]. */
function known(history, moment) {
  let low = 0;
  let high = (history ?? []).length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (history[middle][0] <= moment) low = middle + 1;
    else high = middle;
  }
  return low ? { at: history[low - 1][0], what: history[low - 1][1], before: low > 1 ? history[low - 2][1] : null } : null;
}

function holdersAt(lock, moment) {
  return known(run.locks[lock].history, moment)?.what ?? [];
}

/* Who waits at a moment, and for whom. At the end a circle says it all, where there is one. */
function waitsAt(moment) {
  let active = run.waits.filter((wait) => wait.since <= moment && ((wait.until ?? -1) < 0 || moment < wait.until));
  const ended = moment >= count;
  if (ended && run.cycle.length) active = run.cycle.map((task) => active.find((wait) => wait.task === task)).filter(Boolean);
  else if (ended && active.length > 1) active = active.filter((wait) => !wait.daemon);
  return active.map((wait) => ({
    ...wait,
    holders: (wait.lock ?? -1) >= 0 ? holdersAt(wait.lock, moment).filter((task) => ended || task !== wait.task) : wait.holders ?? [],
  }));
}

/* The line at which each task is: that of its last step so far. */
function linesAt(moment) {
  const lines = new Map();
  const late = stepsAt(moment).filter((step) => step.line);
  for (const step of late) lines.set(step.task, step);
  for (let at = Math.min(moment, count - 1); at >= 0 && lines.size < tasks.size && moment - at < 4000; at--) {
    const step = run.steps[at];
    if (step.line && !lines.has(step.task)) lines.set(step.task, step);
  }
  return lines;
}

/* Elements are made here and nowhere else; what a student wrote only ever becomes text. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function chip(id) {
  const task = tasks.get(id);
  return element("span", { class: `chip hue-${task.hue}${task.name.length <= 24 ? " brief" : ""}` }, task.name);
}

function byId(id) {
  return document.getElementById(id);
}
