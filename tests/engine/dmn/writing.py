"""Decision models written in a few words."""

from html import escape

DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*parts: str, namespace: str = "urn:main", attributes: str = "") -> bytes:
    """A whole model."""
    return (f'<definitions xmlns="{DMN_15}" namespace="{namespace}" name="m" id="m" {attributes}>'
            f'{"".join(parts)}</definitions>').encode()


def typed(type_ref: str) -> str:
    """The attribute that names a type, if one is named."""
    return f' typeRef="{type_ref}"' if type_ref else ""


def of(text: str, type_ref: str = "") -> str:
    """A literal expression."""
    return f"<literalExpression{typed(type_ref)}><text>{escape(text, quote=False)}</text></literalExpression>"


def needs(*ids: str, what: str = "Decision") -> str:
    """Requirements of a decision or a knowledge model, by ids that may name a namespace."""
    kind = "knowledgeRequirement" if what == "Knowledge" else "informationRequirement"
    return "".join(
        f'<{kind}><required{what} href="{id if "#" in id else "#" + id}"/></{kind}>' for id in ids)


def decision(name: str, logic: str, *needed: str, type_ref: str = "", variable: str = "") -> str:
    """A decision, whose id is its name."""
    return (f'<decision id="{name}" name="{name}"><variable name="{variable or name}"{typed(type_ref)}/>'
            f'{"".join(needed)}{logic}</decision>')


def asked(name: str, type_ref: str = "") -> str:
    """Input data, whose id is its name."""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{typed(type_ref)}/></inputData>'


def knowledge(name: str, parameters: str, logic: str, *needed: str, type_ref: str = "", logic_type: str = "") -> str:
    """A business knowledge model; its parameters as "a: number, b"."""
    made = "".join(
        f'<formalParameter name="{one.partition(":")[0].strip()}"{typed(one.partition(":")[2].strip())}/>'
        for one in parameters.split(",") if one.strip())
    return (f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{typed(type_ref)}/>'
            f'<encapsulatedLogic{typed(logic_type)}>{made}{logic}</encapsulatedLogic>{"".join(needed)}'
            "</businessKnowledgeModel>")


def item(
    name: str, base: str = "", allowed: str = "", constraint: str = "", many: bool = False, parts: str = ""
) -> str:
    """An item definition."""
    said = f"<typeRef>{base}</typeRef>" if base else ""
    said += f"<allowedValues><text>{escape(allowed)}</text></allowedValues>" if allowed else ""
    said += f"<typeConstraint><text>{escape(constraint)}</text></typeConstraint>" if constraint else ""
    return f'<itemDefinition name="{name}"{" isCollection=" + chr(34) + "true" + chr(34) if many else ""}>' \
           f"{said}{parts}</itemDefinition>"


def service(name: str, outputs: str, data: str = "", decisions: str = "", type_ref: str = "") -> str:
    """A decision service; its parts as ids with spaces between."""
    hrefs = "".join(f'<{kind} href="#{id}"/>' for kind, ids in (
        ("outputDecision", outputs), ("inputDecision", decisions), ("inputData", data)) for id in ids.split())
    variable = f'<variable name="{name}"{typed(type_ref)}/>'
    return f'<decisionService id="{name}" name="{name}">{variable}{hrefs}</decisionService>'


def table(inputs: list[str], outputs: list[str], *rules: str, policy: str = "", aggregation: str = "") -> str:
    """A decision table. A column is "expression : type | values", an output "name : type | values | default"; a rule
    is its cells with "|" between."""
    made = "".join(map(_input, inputs)) + "".join(map(_output, outputs)) + "".join(
        _rule(rule.split("|"), len(inputs)) for rule in rules)
    return (f'<decisionTable hitPolicy="{policy or "UNIQUE"}"'
            f'{f" aggregation={chr(34)}{aggregation}{chr(34)}" if aggregation else ""}>{made}</decisionTable>')


def _told(column: str) -> tuple[str, str, list[str]]:
    head, *rest = (part.strip() for part in column.split("|"))
    name, _, type_ref = f" {head} ".partition(" : ")
    return name.strip(), type_ref.strip(), [escape(part) for part in rest] + ["", ""]


def _input(column: str) -> str:
    name, type_ref, (values, *_) = _told(column)
    allowed = f"<inputValues><text>{values}</text></inputValues>" if values else ""
    return f"<input><inputExpression{typed(type_ref)}><text>{escape(name)}</text></inputExpression>{allowed}</input>"


def _output(column: str) -> str:
    name, type_ref, (values, default, *_) = _told(column)
    inner = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    inner += f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    return f'<output{f" name={chr(34)}{name}{chr(34)}" if name else ""}{typed(type_ref)}>{inner}</output>'


def _rule(cells: list[str], inputs: int) -> str:
    kinds = ["inputEntry"] * inputs + ["outputEntry"] * (len(cells) - inputs)
    return "<rule>" + "".join(f"<{kind}><text>{escape(cell.strip())}</text></{kind}>"
                              for kind, cell in zip(kinds, cells, strict=True)) + "</rule>"
