#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds what the command answered against doc/handfast.schema.json.

    answers.py SCHEMA ANSWERS    each line of ANSWERS: VERB, exit status, JSON, with tabs
    answers.py SCHEMA --seed FILE...    seeds, against theirs

Members may be added in later releases, so the schema lets others pass; here nothing passes
that it does not tell of.  Every verb is to have answered well once, and every code to have
been given.
"""
import json
import sys

import jsonschema

# doc/command.md, "Streams and exit status"
CODES = {1: "failed", 2: "usage", 3: "not-found", 4: "pin-incorrect", 5: "pin-locked", 6: "exists",
         7: "integrity", 8: "busy", 9: "refused"}
WOULD_CHANGE = 10


def strict(schema):
    """The same schema, in which an object has the members it names and no others."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: strict(item) for name, item in schema.items()}
    if isinstance(schema.get("properties"), dict):
        schema.setdefault("additionalProperties", False)
    return schema


def partly(schema):
    """A verb that failed may have found out less."""
    return {name: item for name, item in schema.items() if name != "required"}


def errors_of(instance, schema, definitions):
    validator = jsonschema.Draft7Validator(dict(schema, definitions=definitions))
    return [error.message for error in validator.iter_errors(instance)]


def check(verb, status, answer, schema, verbs, definitions):
    wrong = errors_of(answer, schema, definitions)
    if wrong:
        return wrong
    if answer["ok"]:
        if status not in (0, WOULD_CHANGE) and verb != "run":
            wrong.append("ok, and the status is %d" % status)
        if answer.get("dry_run", False) != (status == WOULD_CHANGE):
            wrong.append("dry_run does not fit the status %d" % status)
        return wrong + errors_of(answer["data"], verbs[verb], definitions)
    if answer["error"]["code"] != CODES.get(status):
        wrong.append("code %s does not fit the status %d" % (answer["error"]["code"], status))
    if "data" in answer:
        wrong += errors_of(answer["data"], partly(verbs[verb]), definitions)
    return wrong


def answers(schema, lines):
    verbs, definitions = schema["definitions"].pop("verbs"), schema["definitions"]
    schema = {name: item for name, item in schema.items() if name != "definitions"}
    well, given, bad = set(), set(), 0
    for line in lines:
        verb, status, text = line.split("\t", 2)
        answer = json.loads(text)
        for error in check(verb, int(status), answer, schema, verbs, definitions):
            bad += 1
            print("# %s (%s): %s\n#   %s" % (verb, status, error, text.strip()[:400]))
        given.add(int(status))
        if answer["ok"]:
            well.add(verb)
    for verb in sorted(set(verbs) - well):
        bad += 1
        print("# %s never answered well" % verb)
    for status in sorted(set(CODES) - given):
        bad += 1
        print("# the status %d (%s) was never given" % (status, CODES[status]))
    return bad


def seeds(schema, names):
    bad = 0
    for name in names:
        with open(name, encoding="utf-8") as file:
            for error in errors_of(json.load(file), schema, schema["definitions"]):
                bad += 1
                print("# %s: %s" % (name, error))
    return bad


with open(sys.argv[1], encoding="utf-8") as file:
    whole = strict(json.load(file))
if sys.argv[2] == "--seed":
    sys.exit(1 if seeds(whole, sys.argv[3:]) else 0)
with open(sys.argv[2], encoding="utf-8") as file:
    sys.exit(1 if answers(whole, file) else 0)
