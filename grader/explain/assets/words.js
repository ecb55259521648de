/* What the page itself says, in its language. A text is known by its English; what stands in braces
   is filled in, with elements as well. */

const words = JSON.parse(document.getElementById("words").textContent);

function parts(text, values = {}) {
  return (words[text] ?? text).split(/\{(\w+)\}/).flatMap((part, at) => (at % 2 ? values[part] : part)).filter((part) => part !== "");
}

function say(text, values) {
  return parts(text, values).join("");
}

function number(value) {
  return value.toLocaleString("en");
}
