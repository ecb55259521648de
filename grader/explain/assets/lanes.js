/* The lanes: a column for each task, a row for each step. The story is short and stands in the
   document as a whole; of all steps only those that can be seen do. */

const HEIGHT = 56; // of a row among all steps: the style sheet knows it too
const NARROWEST = 190; // a lane below this is no lane: the rows become a list
const BEYOND = 8; // rows before and after those that can be seen

class Lanes {
  /* `go` is called with a moment, `showAll` when all steps are asked for. */
  constructor(go, showAll) {
    this.go = go;
    this.showAll = showAll;
    this.all = false;
    this.moment = 0;
    this.tasks = [];
    this.scroller = byId("scroller");
    this.rows = byId("rows");
    this.shown = new Map(); // of all steps: moment -> its row
    this.scroller.addEventListener("scroll", () => this.all && this.window());
    new ResizeObserver(() => this.resize()).observe(this.scroller);
    this.rows.addEventListener("click", (event) => this.click(event));
  }

  columns() {
    const active = new Set(run.steps.concat(run.stuck).map((step) => step.task));
    return run.tasks.filter((task) => (this.all ? active.has(task.id) : task.lane)).map((task) => task.id);
  }

  /* Builds everything anew: at the beginning, and when steps are folded or unfolded. */
  build() {
    this.tasks = this.columns();
    this.column = new Map(this.tasks.map((task, at) => [task, at]));
    document.body.classList.toggle("all", this.all);
    byId("names").replaceChildren(
      element("div", { role: "columnheader", class: "number" }, element("span", { class: "unseen" }, say("Step"))),
      ...this.tasks.map((task) => this.name(task)),
    );
    byId("table").style.setProperty("--lanes", this.tasks.length);
    this.shown.clear();
    this.rows.replaceChildren();
    this.rows.style.height = "";
    if (this.all) {
      byId("table").setAttribute("aria-rowcount", moments + 1);
    } else {
      byId("table").removeAttribute("aria-rowcount");
      this.story();
    }
    this.resize();
  }

  name(id) {
    const task = tasks.get(id);
    const call = task.full.startsWith(task.name) ? task.full.slice(task.name.length).trim() : task.full;
    return element("div", { role: "columnheader", class: `name hue-${task.hue}` },
      element("strong", {}, task.name), call ? " " : "", call ? element("span", {}, call) : "");
  }

  resize() {
    const room = this.scroller.clientWidth - 56;
    document.body.classList.toggle("list", this.tasks.length > 1 && room / this.tasks.length < NARROWEST);
    if (!this.all) return;
    const ends = document.body.classList.contains("list") ? Math.max(run.stuck.length - 1, 0) : 0;
    this.rows.style.height = `${(moments + ends) * HEIGHT}px`; // in a list each end has its own place
    this.window();
  }

  story() {
    let last = -1;
    for (const row of rows) {
      if (row.folded) {
        this.rows.append(this.fold(row.folded, last));
      } else {
        last = Math.max(...row.steps.map(momentOf));
        this.rows.append(this.row(last, row.steps.map(stepOf), row.again));
      }
    }
  }

  fold(left, after) {
    const told = say(left === 1 ? "… 1 step that does not matter here" : "… {count} steps that do not matter here", { count: number(left) });
    const button = element("button", { type: "button", class: "fold", "data-after": after, title: say("Show all steps (f)") }, told);
    return element("div", { role: "row", class: "row folded", "data-after": after }, element("div", { role: "cell" }, button));
  }

  row(moment, steps, again) {
    const made = element("div", {
      role: "row", class: "row", "data-moment": moment, "aria-rowindex": this.all ? moment + 2 : null,
    });
    const wrong = steps.some((step) => step.mark === "✗");
    made.classList.toggle("end", moment === count);
    made.classList.toggle("wrong", wrong);
    made.classList.toggle("matters", !wrong && steps.some((step) => step.mark === ">"));
    made.classList.toggle("aside", this.all && !inStory.has(moment));
    made.append(element("div", { role: "cell", class: "number" }, moment < count ? String(moment + 1) : say("end")));
    const cells = new Map();
    for (const step of steps) {
      if (!cells.has(step.task)) cells.set(step.task, this.cell(step, again));
    }
    const elsewhere = [...cells.keys()].filter((task) => !this.column.has(task));
    if (elsewhere.length) {
      made.classList.add("elsewhere");
      for (const task of elsewhere) made.append(cells.get(task));
      return made;
    }
    for (const task of this.tasks) {
      made.append(cells.get(task) ?? element("div", { role: "cell", class: `lane hue-${tasks.get(task).hue}` }));
    }
    return made;
  }

  cell(step, again) {
    const made = element("div", { role: "cell", class: `lane full hue-${tasks.get(step.task).hue}` });
    made.append(element("span", { class: "who" }, tasks.get(step.task).name));
    if (step.skipped) made.append(element("span", { class: "skipped" }, say("… {count} steps are not kept", { count: number(step.skipped) })));
    if (!again && step.text) {
      made.append(element("div", { class: "code" },
        element("span", { class: "line" }, step.line ? String(step.line) : ""), element("code", {}, step.text)));
    }
    const sign = step.mark === "✗" ? ["✗", say("Here it goes wrong: ")] : step.mark === ">" ? ["▸", say("This matters: ")] : null;
    made.append(element("div", { class: "did" },
      element("span", { class: "sign" }, sign ? element("span", { "aria-hidden": "true" }, sign[0]) : "",
        sign ? element("span", { class: "unseen" }, sign[1]) : ""),
      element("span", {}, step.did)));
    if (step.note) made.append(element("div", { class: "note" }, step.note));
    return made;
  }

  click(event) {
    const fold = event.target.closest("button.fold");
    if (fold) {
      this.showAll();
      this.go(Math.min(Number(fold.dataset.after) + 1, moments - 1));
      byId("unfold").focus();
      return;
    }
    const row = event.target.closest("[data-moment]");
    if (row) this.go(Number(row.dataset.moment));
  }

  unfold(all) {
    this.all = all;
    this.build();
  }

  /* The rows of all steps that can be seen. */
  window() {
    const top = this.scroller.scrollTop;
    const from = Math.max(Math.floor(top / HEIGHT) - BEYOND, 0);
    const to = Math.min(Math.ceil((top + this.scroller.clientHeight) / HEIGHT) + BEYOND, moments);
    for (const [moment, row] of this.shown) {
      if (moment < from || moment >= to) {
        row.remove();
        this.shown.delete(moment);
      }
    }
    for (let moment = from; moment < to; moment++) {
      if (this.shown.has(moment)) continue;
      const row = this.row(moment, stepsAt(moment), false);
      row.style.top = `${moment * HEIGHT}px`;
      this.shown.set(moment, row);
      const next = this.shown.get(moment + 1);
      this.rows.insertBefore(row, next ?? null);
      this.state(row);
    }
  }

  state(row) {
    const moment = Number(row.dataset.moment);
    row.classList.toggle("current", moment === this.moment);
    row.classList.toggle("later", moment > this.moment);
    if (moment === this.moment) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
  }

  show(moment, scroll) {
    this.moment = moment;
    this.rows.querySelector(".row.inside")?.remove();
    let current = null;
    if (this.all) {
      if (scroll) {
        this.scroller.parentElement.scrollIntoView({ block: "nearest" });
        this.reveal(moment);
      }
      this.window();
    } else if (!inStory.has(moment)) {
      current = this.inside(moment);
    }
    for (const row of this.rows.querySelectorAll("[data-moment]")) {
      this.state(row);
      if (row.classList.contains("current")) current = row;
    }
    for (const fold of this.rows.querySelectorAll(".folded")) {
      fold.classList.toggle("later", Number(fold.dataset.after) >= moment);
    }
    if (scroll && !this.all) current?.scrollIntoView({ block: "nearest" });
  }

  /* A step that the story leaves out, shown for as long as it is the current one. */
  inside(moment) {
    const row = this.row(moment, stepsAt(moment), false);
    row.classList.add("inside");
    const next = [...this.rows.querySelectorAll(".row")].find((each) =>
      "moment" in each.dataset ? Number(each.dataset.moment) > moment : Number(each.dataset.after) >= moment);
    this.rows.insertBefore(row, next ?? null);
    return row;
  }

  reveal(moment) {
    const top = moment * HEIGHT + (moment === count ? this.rows.offsetHeight - moments * HEIGHT : 0);
    const room = this.scroller.clientHeight - byId("names").offsetHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = Math.max(top - HEIGHT, 0);
    else if (top + HEIGHT > this.scroller.scrollTop + room) this.scroller.scrollTop = top + 2 * HEIGHT - room;
  }
}
