"""The notebooks and their parameters: which there are, what each takes, and whether what the user asks for fits.

In go names and values as the command line has them, out come literals of the types that the notebook's parameters cell names.
papermill itself only warns of a name it does not know; here unknown names and values of another type are refused beforehand.
"""

from __future__ import annotations

import ast
import difflib
import logging
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis import places
from analysis.errors import InputError
from analysis.report.story import listed


class Parameter(NamedTuple):
    """One parameter of a notebook: its annotation, its default as a value, and the comment that explains it."""

    name: str
    type: str
    default: Any
    help: str


def notebook_names() -> list[str]:
    """The names of the package's notebooks, in their order."""
    return sorted(path.stem for path in places.notebooks().glob("*.ipynb"))


def find_notebook(name: str) -> Path:
    """The file of a notebook: one of the package's by its name (or its number), or your own by its path.

    Raises `InputError` that names the notebooks there are.
    """
    own = Path(name)
    if own.suffix == ".ipynb" and own.is_file():
        return own
    names = notebook_names()
    wanted = own.name.removesuffix(".ipynb")
    found = [each for each in names if wanted in (each, each.split("_")[0], each.partition("_")[2])]
    if len(found) == 1:
        return places.notebooks() / f"{found[0]}.ipynb"
    raise InputError(f"there is no notebook {name!r}{_near(wanted, names)}; the notebooks are: {', '.join(names)}")


def notebook_parameters(name: str) -> list[Parameter]:
    """The parameters of a notebook, read from its cell tagged `parameters`."""
    return read_parameters(find_notebook(name))


def read_parameters(path: Path) -> list[Parameter]:
    """The parameters of the notebook at `path`. Raises `InputError` where it is none, or one of its defaults is no literal."""
    papermill = load_papermill()
    try:
        inspected = papermill.inspect_notebook(str(path).replace("{", "{{").replace("}", "}}"))  # it fills in braces
    except Exception as error:  # whatever nbformat's readers raise
        raise InputError(f"{path} cannot be read as a notebook: {error}") from error
    found = []
    for name, each in inspected.items():
        try:
            default = ast.literal_eval(each["default"])
        except (ValueError, SyntaxError) as error:
            raise InputError(f"{path}: the default of the parameter {name!r} is no literal: {each['default']}") from error
        kind = each["inferred_type_name"] if each["inferred_type_name"] != "None" else type(default).__name__
        found.append(Parameter(name, kind, default, each["help"]))
    return found


def load_papermill() -> Any:
    """papermill, without the grammar of international addresses that one of its dependencies builds when imported.

    nbformat imports jsonschema, which imports rfc3987_syntax where it is installed: three seconds, for a check no notebook needs.
    """
    grammar = "rfc3987_syntax"
    hidden = grammar not in sys.modules
    if hidden:
        sys.modules[grammar] = None  # type: ignore[assignment]  # makes its import fail
    try:
        import papermill
        import papermill.exceptions
        import papermill.iorw
    finally:
        if hidden:
            del sys.modules[grammar]
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # it reports on itself; what went wrong is raised, too
    return papermill


def checked(given: Mapping[str, str], parameters: Sequence[Parameter], notebook: str) -> dict[str, Any]:
    """The values in `given` as literals of their parameters' types.

    Raises `InputError` for a name that the notebook does not have, naming those it has, and for a value that does not fit.

    >>> known = [Parameter("rows", "int", 30, ""), Parameter("outlets", "list", [], "")]
    >>> checked({"rows": "20", "outlets": "زرياف، السجل"}, known, "01_corpus")
    {'rows': 20, 'outlets': ['زرياف', 'السجل']}
    """
    known = {parameter.name: parameter for parameter in parameters}
    values = {}
    for name, value in given.items():
        if name not in known:
            raise InputError(
                f"the notebook {notebook} has no parameter {name!r}{_near(name, known)}; its parameters are: {', '.join(known)}"
            )
        values[name] = _literal(value, known[name])
    return values


def _near(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _literal(value: str, parameter: Parameter) -> Any:
    base = parameter.type.partition("[")[0].strip().lower()
    try:
        match base:
            case "int":
                return int(value)
            case "float":
                number = float(value)
                if not math.isfinite(number):
                    raise ValueError(value)
                return number
            case "bool":
                return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[value.strip().lower()]
            case "list" | "tuple" | "set" | "sequence":
                return listed(value)
            case "dict":
                table = ast.literal_eval(value)
                if not isinstance(table, dict):
                    raise ValueError(value)
                return table
            case _:
                return _text(value)
    except InputError:
        raise
    except (ValueError, KeyError, SyntaxError) as error:
        raise InputError(f"`{parameter.name}` value = {value!r} is invalid; it must be {_WHAT.get(base, base)}") from error


_WHAT = {
    "int": "a whole number, such as 20",
    "float": "a number, such as 0.5",
    "bool": "true or false",
    "dict": "a table, such as {'USD': 1.0}",
}


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(value) from error
    return value
