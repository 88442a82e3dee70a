"""Reads scripts of fal_client without running them: the method called, the endpoint and the arguments of each."""

import ast
import json
import sys


def call_of(script):
    for node in ast.walk(ast.parse(script)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if getattr(node.func.value, "id", None) != "fal_client" or node.func.attr == "upload_file":
            continue
        named = {word.arg: word.value for word in node.keywords}
        return {
            "method": node.func.attr,
            "endpoint": ast.literal_eval(node.args[0]),
            "arguments": ast.literal_eval(named["arguments"]),
            "path": ast.literal_eval(named["path"]) if "path" in named else None,
        }
    raise ValueError("no call of fal_client")


json.dump([call_of(script) for script in json.load(sys.stdin)], sys.stdout)
