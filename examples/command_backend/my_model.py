#!/usr/bin/env python3
"""A model for `star-eval --backend command`: one JSON line in, one JSON line out, until stdin ends.

    star-eval --backend command --set command="python3 examples/command_backend/my_model.py" --task RC
"""
import json
import sys


def answer(request):
    """Put your model here; this one sees how large the first picture is, and says "3"."""
    parts = request["messages"][-1]["content"]
    question = "".join(part["text"] for part in parts if part["type"] == "text")
    pictures = [part["path"] for part in parts if part["type"] == "image"]
    size = len(open(pictures[0], "rb").read()) if pictures else 0
    print(f"{request['sample']}: {len(question)} characters, {size} bytes", file=sys.stderr)
    return {"text": "3", "usage": {"input_tokens": len(question.split()), "output_tokens": 1}}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as error:  # of one request; the next may fare better
        reply = {"error": repr(error)}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
