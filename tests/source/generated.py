"""Makes small random programs that use most of the language and always end."""

from __future__ import annotations

import random
from collections.abc import Callable

NAMES = ("a", "b", "c", "n")  # few, so that globals, locals and closures meet
SIGNS = ("-", "//", "%", "|", "&", "^")  # none that doubles its operand again and again
SMALL = ("1", "[O]", "'s'", "(2,)")


class Programs:
    """Makes a program piece by piece; the seed decides at every fork."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.functions = 0
        self.pieces = 0  # how many more statements there may be
        self.depth = 0  # of the present expression
        self.declared: list[set[str]] = [set()]  # by scope: names that it shares
        self.local: list[set[str]] = [set()]  # by function: names that a nested one can share
        self.comprehensions = 0  # around the present piece, where a walrus is restricted

    def one_of(self, *choices: str) -> str:
        """One of the choices."""
        return self.random.choice(choices)

    def some(self, most: int) -> range:
        """A number of times, at least one."""
        return range(self.random.randint(1, most))

    def name(self) -> str:
        """A variable, which may be unbound."""
        return self.one_of(*NAMES)

    def own_name(self) -> str:
        """A variable that is not declared to be another scope's."""
        return self.one_of(*sorted({*NAMES} - self.declared[-1]))

    # -- expressions

    def leaf(self) -> str:
        """An expression without parts."""
        return self.one_of(*NAMES, *NAMES, "0", "1", "'s'", "None", "[1, 2]", "O", "O", "{'k': 1}")

    def expression(self) -> str:
        """Any expression."""
        if self.depth >= 3:
            return self.leaf()
        kinds = ("leaf", "leaf", "access", "operation", "call", "display", "branch", "function")
        self.depth += 1
        made = str(getattr(self, self.one_of(*kinds))())
        self.depth -= 1
        return made

    def access(self) -> str:
        """A load of an attribute or item."""
        kind = self.one_of("{}.x", "{}.y.x", "{}[{}]", "{}[{}:]", "{}[::{}]", "{}.method({})")
        return kind.format(*[f"({self.expression()})" for _ in range(kind.count("{}"))])

    def operation(self) -> str:
        """An operator and its operands."""
        kind = self.one_of(
            f"{{}} {self.one_of(*SIGNS)} {{}}", "not {}", "-{}", "{} and {}", "{} or {}",
            "{} == {}", "{} != {}", "{} in {}", "{} not in {}", "{} < {} == {}", "{} is {}",
        )  # fmt: skip
        return "(" + kind.format(*[self.expression() for _ in range(kind.count("{}"))]) + ")"

    def call(self) -> str:
        """A call."""
        kind = self.one_of(
            "len({})", "list({})", "sorted({})", "sum({})", "max({}, {})", "bool({})", "any({})",
            "list(enumerate({}))", "list(zip({}, {}))", "list(map(log, {}))", "next(iter({}), {})",
            "log({}, {})", "log(*{}, *O)", "log(**{})", "f'{{O}} {{a!r:>9}}' + {}",
        )  # fmt: skip
        return kind.format(*[f"({self.expression()})" for _ in range(kind.count("{}"))])

    def display(self) -> str:
        """A display or a comprehension."""
        kind = self.one_of(
            "[{}, *O]", "[*{}, O.x]", "(O, {})", "{{O.y: {}}}", "{{**{}, 'z': O.x}}",
            "[{} for NAME in O]", "[NAME for NAME in {}]", "{{O for NAME in {} if {}}}",
            "list({} for NAME, b in (O, {{'k': 1}}))", "{{NAME: a for NAME in {} for a in O}}",
        )  # fmt: skip
        self.comprehensions += "for" in kind
        parts = [f"({self.expression()})" for _ in range(kind.replace("{{", "").count("{}"))]
        self.comprehensions -= "for" in kind
        return kind.format(*parts).replace("NAME", self.name())

    def branch(self) -> str:
        """A conditional expression or a walrus."""
        if self.comprehensions or self.one_of("if", "walrus") == "if":
            return f"({self.expression()} if {self.expression()} else {self.expression()})"
        return f"({self.name()} := {self.expression()})"

    def function(self) -> str:
        """A lambda, called or not."""
        made = f"(lambda {self.name()}={self.expression()}: {self.expression()})"
        return made + self.one_of("", "()", f"({self.expression()})")

    # -- statements

    def target(self) -> str:
        """Something to store into."""
        return self.one_of(
            *NAMES, "O.x", "O[0]", f"O[{self.leaf()}:]", f"({self.expression()}).x",
        )  # fmt: skip

    def targets(self) -> str:
        """One target, or several to unpack into."""
        kind = self.one_of("{}", "{}", "{}, {}", "[{}, *{}]", "({}, ({}, {}))")
        return kind.format(*[self.target() for _ in range(kind.count("{}"))])

    def block(self, kind: str) -> list[str]:
        """One to three statements, indented; `kind` says what is around them."""
        lines = [line for _ in self.some(3) for line in self.statement(kind)]
        return [f"    {line}" for line in lines]

    def statement(self, kind: str) -> list[str]:
        """Any statement; `kind` is "module", "function" or "class", after "loop " in a loop."""
        self.pieces -= 1
        simple: list[Callable[[], list[str]]] = [
            lambda: [f"{self.targets()} = {self.expression()}"],
            lambda: [f"{self.target()} = {self.targets()} = {self.expression()}"],
            lambda: [f"{self.target()} {self.one_of(*SIGNS)}= {self.expression()}"],
            lambda: [f"{self.target()} += {self.one_of(*SMALL)}"],
            lambda: [f"log({self.expression()})"],
            lambda: [f"del {self.target()}"],
            lambda: [f"{self.own_name()}: log('annotation') = {self.expression()}"],
            lambda: [f"assert {self.expression()}, {self.expression()}"],
            lambda: [f"import math as {self.own_name()}, math as {self.name()}"],
            lambda: [f"def {self.name()}(x={self.expression()}): return x"],
        ]
        if kind.startswith("loop"):
            simple.append(lambda: [self.one_of("break", "continue")])
        if kind.endswith("function"):
            simple.append(lambda: [f"return {self.expression()}"])
        if self.pieces <= 0:
            return simple[3]()
        compound = [self._if, self._for, self._while, self._try, self._with, self._match]
        choice = self.random.randrange(12)
        if choice < 6:
            return self.random.choice(simple)()
        if choice < 9:
            return self.random.choice(compound)(kind)
        return self._function(kind) if choice < 11 else self._class(kind)

    def _if(self, kind: str) -> list[str]:
        lines = [f"if {self.expression()}:", *self.block(kind)]
        return [*lines, "else:", *self.block(kind)] if self.one_of("y", "n") == "y" else lines

    def _for(self, kind: str) -> list[str]:
        inner = f"loop {kind.removeprefix('loop ')}"
        lines = [f"for {self.targets()} in few({self.expression()}):", *self.block(inner)]
        return [*lines, "else:", *self.block(kind)] if self.one_of("y", "n") == "y" else lines

    def _while(self, kind: str) -> list[str]:
        inner = f"loop {kind.removeprefix('loop ')}"
        return [f"while again() and {self.expression()}:", *self.block(inner)]

    def _try(self, kind: str) -> list[str]:
        lines = ["try:", *self.block(kind)]
        error = self.one_of("TypeError", "(ValueError, NameError)", "Exception", "O.error")
        lines += [f"except {error} as {self.name()}:", *self.block(kind)]
        return [*lines, "finally:", "    log('finally')"] if self.one_of("y", "n") == "y" else lines

    def _with(self, kind: str) -> list[str]:
        items = [f"O.of({self.expression()}) as {self.target()}" for _ in self.some(2)]
        return [f"with {', '.join(items)}:", *self.block(kind)]

    def pattern(self, names: list[str]) -> str:
        """A pattern that binds all of these names."""
        self.random.shuffle(names)
        if not names:
            return self.one_of("O.x", "_", "int()", "[*_]", "3", "Thing()", "{O.x: _}")
        first, *rest = names
        kinds = [
            f"[{first}, {{}}]",
            f"[*{first}, {{}}]",
            f"{{}} as {first}",
            f"[{{}}, *_, {first}]",
        ]
        kinds += [
            f"{{{{'k': {{}}, **{first}}}}}",
            f"Thing({{}}, {first})",
            f"Thing({first}, x={{}})",
        ]
        inner = self.pattern(rest)
        if inner == "_":
            kinds.pop(2)  # Python has no `_ as n`
        return self.random.choice(kinds).format(inner)

    def _match(self, kind: str) -> list[str]:
        lines = [f"match {self.expression()}:"]
        for _ in self.some(3):
            bound = self.random.sample(NAMES, self.random.randrange(3))
            patterns = [self.pattern(list(bound)) for _ in self.some(2)]
            guard = self.one_of("True", "log('guard') or O.x", self.expression())
            lines.append(f"    case {' | '.join(patterns)} if {guard}:")
            lines += [f"    {line}" for line in self.block(kind)]
        return [*lines, f"    case {self.name()}:", *[f"    {line}" for line in self.block(kind)]]

    def _function(self, kind: str) -> list[str]:
        self.functions += 1
        name, parameter = f"f{self.functions}", self.name()
        shared = self.random.choice(sorted({*NAMES} - {parameter}))
        lines = [f"def {name}({parameter}={self.expression()}):"]
        nested = kind.endswith("function") and shared in self.local[-1]
        lines.append(f"    {'nonlocal' if nested else 'global'} {shared}")
        bound = self.random.sample(sorted({*NAMES} - {parameter, shared}), 2)
        lines += [f"    {variable} = {self.leaf()}" for variable in bound]
        self.declared.append({shared})
        self.local.append({parameter, *bound} | ({shared} if nested else set()))
        lines += self.block("function")
        self.declared.pop()
        self.local.pop()
        calls = [f"log({name}({self.one_of('', '1')}))" for _ in self.some(2)]
        return [*lines, *calls, f"O.kept = {name}"]

    def _class(self, kind: str) -> list[str]:
        self.functions += 1
        name = f"C{self.functions}"
        self.declared.append(set())
        lines = [f"class {name}:", *self.block("class")]
        lines += ["    def __m(self):", *[f"    {line}" for line in self.block("function")]]
        self.declared.pop()
        lines += ["    def m(self):", "        self.__x = self.__m()", "        return self.__x"]
        return [*lines, f"log({name}().m())"]

    def program(self) -> str:
        """A whole module. What a statement raises is noted, and the next one runs."""
        lines = [*PRELUDE.splitlines(), "a = 1", "b = [O, 2]", "c = n = O"]
        for _ in range(8):
            self.pieces = 12
            lines += ["try:", *[f"    {line}" for line in self.statement("module")]]
            lines += ["except Exception as error: note(error)"]
        return "\n".join(lines)


# `few` and `again` end all loops soon, before a list that doubles in each round fills the memory.
# O answers to nearly everything a statement may ask of it.
PRELUDE = """
class Thing:
    __match_args__ = 'y', 'items'
    x = 3
    error = KeyError
    def __init__(self): self.y = self; self.items = [1, (2, 3)]
    def method(self, *args): log('method', args); return args
    def of(self, value): self.value = value; return self
    def do(self, *args): log('do', args); return args[0] if args else self
    __call__ = __sub__ = __mul__ = __mod__ = __or__ = __radd__ = __floordiv__ = do
    __iand__ = __ixor__ = __ilshift__ = __lt__ = __eq__ = __rsub__ = __ror__ = __rmul__ = do
    def __hash__(self): return 7
    def __neg__(self): return self
    def __getitem__(self, key): log('get', key); return self.items[key % 2]
    def __setitem__(self, key, value): log('set', key, value); self.items[key % 2] = value
    def __delitem__(self, key): log('del', key)
    def __iadd__(self, other): log('+=', other); return self
    def __add__(self, other): return other
    def __iter__(self): log('iter'); return iter([4, (O, 5)])
    def __contains__(self, item): log('in', item); return item == 1
    def __len__(self): log('len'); return 2
    def __enter__(self): log('enter'); return self.value
    def __exit__(self, *error): log('exit', error[0]); return error[0] is TypeError
    def __repr__(self): return 'O'
left = 12
def again():
    global left
    left -= 1
    return left >= 0
def few(values): return [value for _, value in zip(range(3), values) if again()]
def note(error):
    place, lines = error.__traceback__, []
    while place:
        if place.tb_frame.f_code.co_filename == 'program.py': lines.append(place.tb_lineno)
        place = place.tb_next
    log(type(error), str(error), lines)
O = Thing()
""".strip()
