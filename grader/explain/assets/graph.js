/* The wait-for graph: an arrow from each task to what it waits for, and on to who has that. */

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 360;

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function fitted(text) {
  return text.length > 15 ? `${text.slice(0, 14)}…` : text;
}

function node(at, text, hue) {
  const width = Math.max(fitted(text).length * 7.4 + 18, 48);
  return svg("g", { class: hue === null ? "thing" : `task hue-${hue}`, transform: `translate(${at.x} ${at.y})` },
    svg("title", {}, text),
    svg("rect", { x: -width / 2, y: -14, width, height: 28, rx: hue === null ? 3 : 14 }),
    svg("text", { "text-anchor": "middle", y: 4 }, fitted(text)));
}

/* An arrow between the edges of two nodes. */
function arrow(from, to, kind) {
  const start = rim(from, to);
  const end = rim(to, from);
  return svg("line", { class: kind, x1: start.x, y1: start.y, x2: end.x, y2: end.y, "marker-end": `url(#${kind}-head)` });
}

function rim(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const half = Math.max(fitted(from.text).length * 7.4 + 18, 48) / 2 + 4;
  const scale = Math.min(dx ? half / Math.abs(dx) : Infinity, dy ? 18 / Math.abs(dy) : Infinity, 0.49);
  return { x: from.x + dx * scale, y: from.y + dy * scale };
}

function heads() {
  return svg("defs", {}, ...["wants", "has"].map((kind) => svg("marker",
    { id: `${kind}-head`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
    svg("path", { d: "M0 0L8 4L0 8z", class: `${kind}-head` }))));
}

/* A circle of tasks, with what each of them wants between it and the next. */
function ring(waiting) {
  const order = waiting.flatMap((wait) => (wait.thing ? [taskNode(wait.task), { text: wait.thing, hue: null }] : [taskNode(wait.task)]));
  const height = Math.max(110, order.length * 42);
  const placed = order.map((each, at) => {
    const angle = Math.PI + (2 * Math.PI * at) / order.length;
    return { ...each, x: WIDE / 2 + Math.cos(angle) * (WIDE / 2 - 62), y: height / 2 + Math.sin(angle) * (height / 2 - 18) };
  });
  const lines = placed.map((from, at) => arrow(from, placed[(at + 1) % placed.length], from.hue === null ? "has" : "wants"));
  return { height, parts: [...lines, ...placed.map((each) => node(each, each.text, each.hue))] };
}

/* One line for each wait: task, what it wants, who has it. */
function chains(waiting) {
  const parts = [];
  waiting.forEach((wait, at) => {
    const y = 22 + at * 44;
    const way = [{ ...taskNode(wait.task), kind: "wants" }];
    if (wait.thing) way.push({ text: wait.thing, hue: null, kind: "has" });
    if (wait.holders.length) way.push(taskNode(wait.holders[0]));
    way.forEach((each, index) => Object.assign(each, { x: 62 + index * (WIDE - 124) / 2, y }));
    way.slice(1).forEach((each, index) => parts.push(arrow(way[index], each, way[index].kind)));
    parts.push(...way.map((each) => node(each, each.text, each.hue)));
  });
  return { height: waiting.length * 44, parts };
}

function taskNode(id) {
  return { text: tasks.get(id).name, hue: tasks.get(id).hue };
}

function isRing(waiting) {
  return waiting.length > 1 && waiting.length <= 6 &&
    waiting.every((wait, at) => wait.holders.includes(waiting[(at + 1) % waiting.length].task));
}

function showWaits(moment, waiting) {
  byId("waits-section").hidden = !run.waits.length;
  const few = waiting.slice(0, 12);
  const words = few.map((wait) => {
    const item = element("li", {}, chip(wait.task), ` ${wait.did}`, wait.line ? say(" (line {line})", { line: wait.line }) : "");
    if (wait.thing && wait.holders.length) {
      const [holder] = wait.holders;
      const gone = moment >= count && tasks.get(holder).ended;
      item.append(...parts(gone ? ", held by {who}, which has ended" : ", held by {who}", { who: chip(holder) }));
    }
    return item;
  });
  if (waiting.length > few.length) words.push(element("li", {}, say("and {count} more", { count: waiting.length - few.length })));
  byId("waits").replaceChildren(...(words.length ? words : [element("li", { class: "free" }, say("nobody"))]));
  byId("graph").replaceChildren();
  if (!few.length) return;
  const drawn = isRing(few) ? ring(few) : chains(few);
  byId("graph").append(svg("svg", {
    viewBox: `0 0 ${WIDE} ${drawn.height}`, role: "img", "aria-label": say("Wait-for graph: it says what the list below says"),
  }, heads(), ...drawn.parts));
}
