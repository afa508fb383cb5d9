#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of doc/first-hour.md, each at a terminal of its own, as a person types them.

    first-hour.py PAGE    in the folder to work in, with handfast in PATH; prints TAP

Every question for a PIN gets the same answer.  "# ends with N" behind a command is the
status that it shall have, and 0 is otherwise.
"""
import os
import pty
import re
import select
import signal
import sys

PIN = b"a sentence for a first hour\n"
SECONDS = 60


def commands(page):
    for line in page:
        if line.startswith("    "):
            command, _, remark = line.strip().partition("  # ")
            status = re.search(r"ends with (\d+)", remark)
            yield command.strip(), int(status.group(1)) if status else 0


def run(command):
    """Its status, and all that it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv("/bin/sh", ["sh", "-c", command])
    shown = answered = b""
    while True:
        if not select.select([terminal], [], [], SECONDS)[0]:
            os.kill(child, signal.SIGKILL)
            shown += b"\n(nothing came for a minute)"
            break
        try:
            got = os.read(terminal, 4096)
        except OSError:  # as Linux tells the end
            break
        if not got:
            break
        shown += got
        if re.search(rb"PIN[^\n]*: $", shown) and shown != answered:
            answered = shown
            os.write(terminal, PIN)
    status = os.waitpid(child, 0)[1]
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace")


with open(sys.argv[1], encoding="utf-8") as file:
    steps = list(commands(file))
print("1..%d" % len(steps))
for number, (command, expected) in enumerate(steps, 1):
    status, shown = run(command)
    good = status == expected
    print("%s %d - %s" % ("ok" if good else "not ok", number, command.replace("#", "")), flush=True)
    if not good:
        print("# ended with %d, not %d" % (status, expected))
        print("\n".join("# " + line for line in shown.splitlines()))
