"""Hostile and broken files, generated: what may be uploaded or checked by mistake or on purpose."""

import gzip
import itertools
import json
import random

from tests.engine.lint.drawing import (
    HEAD,
    boundary_event,
    call,
    end,
    gateway,
    many,
    node,
    process,
    script,
    start,
    timer,
    user,
)

DMN_HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">'
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


def inside(body: str) -> bytes:
    """Some XML inside a process."""
    return f'{HEAD}<bpmn:process id="p" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'.encode()


def with_condition(expression: str) -> bytes:
    return process(
        start(),
        gateway("exclusive", "way", "way_over"),
        end(),
        end("o2"),
        "begins>way",
        "way>over",
        f"way>o2 if {expression}",
    )


def chain(count: int) -> bytes:
    names = ["begins", *(f"n{i}" for i in range(count)), "over"]
    nodes = [script(name) for name in names[1:-1]]
    return process(start(), *nodes, end(), *(f"{a}>{b}" for a, b in itertools.pairwise(names)))


def dense(count: int) -> bytes:
    """Gateways each joined to each other."""
    names = [f"g{i}" for i in range(count)]
    flows = [f"{a}>{b}" for a in names for b in names if a != b]
    return process(start(), *(gateway("inclusive", name) for name in names), end(), "begins>g0", *flows, "g1>over")


def wide(count: int) -> bytes:
    """Parallel branches, each a chain of choices: many states of the token game."""
    parts, flows = (
        [start(), gateway("parallel", "fork"), gateway("parallel", "join"), end()],
        ["begins>fork", "join>over"],
    )
    for i in range(count):
        parts += [gateway("inclusive", f"a{i}"), user(f"u{i}"), user(f"v{i}"), gateway("exclusive", f"b{i}")]
        flows += [
            f"fork>a{i}",
            f"a{i}>u{i} if =x",
            f"a{i}>v{i} if =y",
            f"u{i}>b{i}",
            f"v{i}>b{i}",
            f"b{i}>join",
            f"b{i}>a{i}",
        ]
    return process(*parts, *flows)


def nested(levels: int) -> bytes:
    body = ""
    for level in range(levels):
        body = f'<bpmn:subProcess id="s{level}">{body}</bpmn:subProcess>'
    return inside(body)


DIAGRAMS: dict[str, bytes] = {
    "empty": b"",
    "binary": random.Random(1).randbytes(20_000),
    "nul": b"\0" * 1_000,
    "prose": "هذا ليس مخططاً".encode(),
    "cut_off": process(start(), user(), end())[:400],
    "gzip_of_a_gigabyte_of_zeros": gzip.compress(b"\0" * 2_000_000),
    "billion_laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'.encode(),
    "laughs_in_an_attribute": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x y="&l9;"/>'.encode(),
    "quadratic_entity": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 10_000}</x>'.encode(),
    "external_entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "external_dtd": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd"><x/>',
    "parameter_entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><x/>',
    "doctype_in_utf16": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode("utf-16"),
    "undefined_entity": inside("&nbsp;"),
    "xinclude": inside(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    ),
    "stylesheet": b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>' + inside(""),
    "five_thousand_levels": b"<a>" * 5_000 + b"</a>" * 5_000,
    "five_thousand_subprocesses": nested(5_000),
    "ninety_subprocesses": nested(90),
    "forty_subprocesses": nested(40),
    "two_thousand_nodes": chain(2_000),
    "two_thousand_loose_nodes": process(*(user(f"u{i}") for i in range(2_000))),
    "every_gateway_to_every_other": dense(90),
    "many_states": wide(60),
    "fifty_thousand_elements": inside("<bpmn:task/>" * 50_000),
    "hundred_thousand_attributes": ("<x " + " ".join(f"a{i}=''" for i in range(100_000)) + "/>").encode(),
    "three_megabytes_of_text": inside(f"<bpmn:documentation>{'ا' * 1_500_000}</bpmn:documentation>"),
    "five_megabytes": inside(f"<bpmn:documentation>{'a' * 5_000_000}</bpmn:documentation>"),
    "megabyte_id": process(start("b" * 1_000_000), user(), end()),
    "megabyte_name": process(start(), user(name="ا" * 500_000), end(), "begins>review", "review>over"),
    "windows_1256": '<?xml version="1.0" encoding="windows-1256"?><x y="مهمة"/>'.encode("windows-1256"),
    "utf_7": b'<?xml version="1.0" encoding="utf-7"?><x/>',
    "utf_32": "<x/>".encode("utf-32"),
    "claims_utf16_is_utf8": b'<?xml version="1.0" encoding="utf-16"?>' + process(start(), end()),
    "lone_surrogate": b"<x>\xed\xa0\x80</x>",
    "control_reference": inside('<bpmn:task id="t" name="&#0;"/>'),
    "html_page": b"<!doctype html><html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "json": b'{"type": "default"}',
    "a_decision": f'{DMN_HEAD}<decision id="d1"/></definitions>'.encode(),
    "wrong_namespace": b'<definitions xmlns="urn:x"><process id="p" isExecutable="true"/></definitions>',
    "no_process": f"{HEAD}</bpmn:definitions>".encode(),
    "empty_process": inside(""),
    "path_in_ids": process(start("../../etc/passwd"), user("..\\..\\x"), end("/root"), id="../../../p"),
    "markup_in_names": process(start(), user(name="&lt;script&gt;alert(1)&lt;/script&gt;", groups=""), end()),
    "bidi_tricks": process(start(), user(name="قبول\u202eضفر\u2066"), end(), "begins>review", "review>over"),
    "python_condition": with_condition("__import__('os').system('id')"),
    "python_behind_sign": with_condition("=__import__('os').system('id')"),
    "attribute_walk": with_condition("=().__class__.__base__.__subclasses__()"),
    "java_condition": with_condition('${T(java.lang.Runtime).getRuntime().exec("id")}'),
    "shell_script": process(start(), script("s", "`id`; $(id)"), end(), "begins>s", "s>over"),
    "deep_expression": with_condition("=" + "(" * 50_000 + "1" + ")" * 50_000),
    "long_expression": with_condition("=" + " + ".join(["1"] * 200_000)),
    "deep_lists": with_condition("=" + "[" * 20_000),
    "deep_ifs": with_condition("=" + "if true then " * 20_000),
    "open_string": with_condition('="' + "a" * 100_000),
    "endless_loop": process(start(), gateway("exclusive", "a"), gateway("exclusive", "b"), "begins>a", "a>b", "b>a"),
    "flow_to_itself": process(start(), script("s"), "begins>s", "s>s"),
    "calls_itself": process(start(), call("c", "stage"), end(), "begins>c", "c>over"),
    "boundary_on_itself": process(start(), boundary_event("x", "x", timer("P1D")), end(), "begins>over"),
    "endless_cycle_timer": process(
        start(),
        user(),
        boundary_event("late", "review", timer("R999999999/PT0S", "timeCycle")),
        end(),
        end("o2"),
        "begins>review",
        "review>over",
        "late>o2",
    ),
    "absurd_duration": process(
        start(),
        node("intermediateCatchEvent", "t", inner=timer("P" + "9" * 10_000 + "D")),
        end(),
        "begins>t",
        "t>over",
    ),
    "multi_over_everything": process(
        start(),
        user(inner=many("for i in 1..999999999 return i")),
        end(),
        "begins>review",
        "review>over",
    ),
    "all_ids_the_same": process(start("x"), user("x"), end("x"), "x>x", "x>x"),
    "emoji_ids": process(start("😀"), user("😀😀"), end("☠"), "😀>😀😀"),
    "strange_extensions": process(start(), user(more="<zeebe:evil><zeebe:evil/></zeebe:evil>"), end()),
}

DECISIONS: dict[str, bytes] = {
    "laughing_decision": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'.encode(),
    "no_table": f"{DMN_HEAD}</definitions>".encode(),
    "no_output": f'{DMN_HEAD}<decision id="d1"><decisionTable/></decision></definitions>'.encode(),
    "cell_of_python": (
        f'{DMN_HEAD}<decision id="d1" name="d"><decisionTable><input><inputExpression><text>x</text></inputExpression>'
        '</input><output name="y"/><rule><inputEntry><text>__import__("os")</text></inputEntry><outputEntry><text>'
        "open('/etc/passwd')</text></outputEntry></rule></decisionTable></decision></definitions>"
    ).encode(),
    "requires_itself": (
        f'{DMN_HEAD}<decision id="d1" name="d"><informationRequirement><requiredDecision href="#d1"/>'
        "</informationRequirement><literalExpression><text>d</text></literalExpression></decision></definitions>"
    ).encode(),
    "not_xml": b"hit,policy\n1,2",
}

FORMS: dict[str, bytes] = {
    "empty_form": b"",
    "deep_json": b"[" * 100_000,
    "deep_groups": json.dumps({"components": []})
    .encode()
    .replace(b"[]", b'[{"type":"group","components":' * 3_000 + b"[]" + b"}]" * 3_000),
    "huge_number": b'{"components": [], "schemaVersion": ' + b"9" * 100_000 + b"}",
    "not_utf8": b'{"id": "\xff"}',
    "a_list": b"[1, 2, 3]",
    "components_of_numbers": b'{"id": "x", "type": "default", "components": [1, null, "a", [[]]]}',
    "html_component": json.dumps(
        {"id": "x", "type": "default", "components": [{"type": "html", "content": "<img src=x onerror=alert(1)>"}]}
    ).encode(),
    "many_components": json.dumps(
        {"id": "x", "type": "default", "components": [{"type": "textfield", "key": f"k{i}"} for i in range(20_000)]}
    ).encode(),
    "bad_pattern": json.dumps(
        {
            "id": "x",
            "type": "default",
            "components": [{"type": "textfield", "key": "k", "validate": {"pattern": "(a+)+$("}}],
        }
    ).encode(),
}

LISTS: dict[str, bytes] = {
    "alias_bomb": b"a: &a [x, x]\n"
    + b"".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n".encode() for i in range(20)),
    "python_object": b"a: !!python/object/apply:os.system ['id']",
    "deep_yaml": b"[" * 50_000,
    "binary_yaml": random.Random(2).randbytes(5_000),
    "bare_text": b"hello",
    "no_values": b"list:\n- {value: 1, ar: x}\n- {value: a}\n- {value: a, ar: 'x', en: 'y'}\n",
    "tabs": b"a:\n\t- b",
    "huge_integer": b"list:\n- {value: " + b"9" * 100_000 + b", ar: x, en: y}",
    "date_that_is_none": b"list: 2026-99-99",
}

FILES: dict[str, bytes] = {
    **{f"{name}.bpmn": data for name, data in DIAGRAMS.items()},
    **{f"{name}.dmn": data for name, data in DECISIONS.items()},
    **{f"{name}.form": data for name, data in FORMS.items()},
    **{f"{name}.yaml": data for name, data in LISTS.items()},
}
"""Every hostile file by its name. Each must end in findings that forbid publishing, and in nothing else."""
