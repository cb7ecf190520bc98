#!/usr/bin/env python3
"""Write python_literal.json: texts, and what ast.literal_eval reads in each, as JSON.

Texts that Python reads but StarEval refuses on purpose (data/python_literal.h) are not among them.
Usage: python3 make_python_literal.py > python_literal.json
"""

import ast
import json
import platform
import warnings

warnings.simplefilter("ignore")  # of "\q" and "0_7"

ATOMS = (
    "None", "True", "False", "0", "00", "0_0", "-0", "+7", "1_000", "0x_fF", "0O17", "0b1_01",
    "9223372036854775807", "-9223372036854775808", "1.", ".5", "1_0.0_1e-1_0", "012.5", "1E+5", "-0.0", "5e-324",
    "1.7976931348623157e308", "0.1", "''", "'a'", "u'a'", "U'a'", "r'\\n'", "R'a\\'b'", "'a' \"b\" '''c'''",
    "'\\x41\\u00e9\\U0001F600'", "'\\1\\18\\777\\0'", "'\\q\\8\\\n'", "'\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"'",
    "'''a\nb'''", '"""a"b""c"""', "'''a\r\nb\rc'''", "r'''\\\n'''", "'\u00e9\u4e2d\U0001f600'", "()", "(1)", "(1,)",
    "(1, 2)", "[]", "[1,]", "{}", "{'a': 1, 'b': 2, 'a': 3,}", "[1, # one\n 2]", "{'a' 'b': [(), {}]}",
    "01", "1__0", "_1", "1_", "0x", "0b2", "0o8", "1e", "1.2.3", "1if", "--1", "-True", "1+2", "nan", "inf", "null",
    "true", "f(1)", "[1", "1]", "[,]", "(,)", "[1,,2]", "{1: 2, }x", "{'a'}x", "{'a' 1}", "'a", "'a\n'", "'''a'",
    "'\\x4'", "'\\u12'", "'\\U00110000'", "[1 2]", "[for]", "'a'\n'b'", "", "#", "'a' b'b'", "\\", "$", "[x for x in y]",
)


def cases():
    for atom in ATOMS:
        for text in (atom, f" [{atom}, ({atom})]\n", "{'k':" + atom + "}"):
            try:
                value = ast.literal_eval(text)
                yield {"text": text, "reads": True, "value": json.dumps(value, sort_keys=True, separators=(",", ":"))}
            except (SyntaxError, ValueError):
                yield {"text": text, "reads": False}


print(json.dumps({"program": "Python, ast.literal_eval", "version": platform.python_version(),
                  "cases": list(cases())}, indent=1))
