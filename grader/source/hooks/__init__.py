"""What rewritten code calls: each visible access announces itself, then does what Python does.

The hooks are builtins of the student's module, under names that cannot be typed. Accesses that
no other task can see (before a second task was started) announce nothing but cost a look.
"""

from __future__ import annotations

import builtins
from typing import Any, Final

from grader.engine.containers import (
    READS_RECORDS,
    WRITES_RECORD,
    iterate,
    iterate_backwards,
    reading,
    reading_all,
    reads_records,
    unpacking,
    writes_record,
)
from grader.source import matching
from grader.source.hooks.attributes import delete_attribute, get_attribute, set_attribute
from grader.source.hooks.control import alive, begin_round, step, tick
from grader.source.hooks.identities import finish_class
from grader.source.hooks.items import delete_item, get_item, set_item
from grader.source.hooks.patterns import AnnouncedSubject
from grader.source.hooks.readers import folding, maker, reader
from grader.source.hooks.references import (
    AttributeReference,
    GlobalReference,
    ItemReference,
    inplace,
    inplace_set,
    ref_attribute,
    ref_global,
    ref_item,
)
from grader.source.hooks.variables import (
    cell_value,
    cell_writer,
    delete_cell,
    delete_global,
    load_global,
    new_cells,
    read_cell,
    store_global,
    write_cell,
    write_cell_each,
)

HOOKS: Final[dict[str, Any]] = {
    "@getattr": get_attribute, "@getitem": get_item, "@slice": builtins.slice,
    "@setattr": set_attribute, "@setitem": set_item,
    "@attr_target": AttributeReference, "@item_target": ItemReference,
    "@global_target": GlobalReference,
    "@delattr": delete_attribute, "@delitem": delete_item, "@gdel": delete_global,
    "@ref_attr": ref_attribute, "@ref_item": ref_item, "@ref_global": ref_global,
    "@iop_set": inplace_set, "@iop": inplace,
    "@gload": load_global, "@gstore": store_global,
    "@newcells": new_cells, "@cread": read_cell, "@cvalue": cell_value, "@cwrite": write_cell,
    "@cwriting": write_cell_each, "@cwriter": cell_writer, "@cdel": delete_cell,
    "@subject": AnnouncedSubject, **matching.KEYS,
    "@truth": reading, "@reading": reading, "@iterate": iterate,
    "@reading_all": reading_all, "@folding": folding, "@reversed": iterate_backwards,
    "@reader": reader, "@maker": maker, "@unpacking": unpacking,
    "@step": step, "@round": begin_round, "@tick": tick, "@alive": alive,
    "@class": finish_class, READS_RECORDS: reads_records,
    WRITES_RECORD: writes_record,
}  # fmt: skip
