"""Holds the tables of `netlab export` to what `-T jsonl` says of the same captures.

export.py TABLES FOLDER CAPTURE...: FOLDER has NAME.packets and NAME.conversations of each capture.
"""
import hashlib, json, os, sys

import duckdb

tables, folder, *captures = sys.argv[1:]


def nanos(seconds):
    return None if seconds is None else round(float(seconds) * 1e9)


def read(table, sha, order):
    found = duckdb.sql(f"FROM '{tables}/{table}/capture={sha}/part-0.parquet' ORDER BY {order}")
    return [dict(zip(found.columns, row)) for row in found.fetchall()]


def equal(got, want, what):
    assert got == want, f"{what}: {got!r} is not {want!r}"


def packet(got, want, what):
    for key in got:
        if key in want and not key.startswith("flag") and key not in ("marks", "initial_rtt"):
            equal(got[key], want[key], f"{what} {key}")
        elif key.startswith("flag_"):
            equal(got[key], None if want[key] is None else bool(want[key]), f"{what} {key}")
    flags = want["flags"]
    equal(got["flags"], None if flags is None else int(flags, 16), f"{what} flags")
    equal(got["relative_ns"], nanos(want["time"]), f"{what} time")
    equal(got["ack_rtt_ns"], nanos(want["ack_rtt"]), f"{what} ack_rtt")
    states = (want["states"] or "? / ?").split(" / ")
    equal([got["client_state"] or "?", got["server_state"] or "?"], states, f"{what} states")
    way = {"→": "to server", "←": "to client"}.get(want["way"])
    equal(got["direction"], way, f"{what} direction")
    names = list(got)
    marks = names[names.index("bytes_in_flight") + 1 : names.index("out_of_order") + 1]
    said = set((want["marks"] or "").split())
    equal({mark for mark in marks if got[mark]}, said & set(marks), f"{what} marks")
    left = {it for it in said - set(marks) if not it.endswith(("_num", "_frame"))}
    equal(left, set(), f"{what} marks without a column")
    return len(said)


def conversation(got, want, what):
    for end in ("client", "server"):
        address = got[end]
        shown = f"[{address}]" if ":" in address else address
        equal(f"{shown}:{got[end + '_port']}", want[end], f"{what} {end}")
    for key in got:
        if key.endswith("_ns"):
            equal(got[key], nanos(want[key.removesuffix("_ns")]), f"{what} {key}")
        elif key in want and key not in ("client", "server"):
            equal(got[key], want[key], f"{what} {key}")


counted = [0, 0, 0]
for capture in captures:
    name = os.path.basename(capture)
    with open(capture, "rb") as file:
        sha = hashlib.sha256(file.read()).hexdigest()
    for table, order, check in (("packets", "no", packet), ("conversations", "protocol, stream", conversation)):
        with open(f"{folder}/{name}.{table}") as lines:
            wanted = [json.loads(line) for line in lines]
        if table == "conversations":
            wanted.sort(key=lambda it: (it["protocol"], it["stream"]))
        found = read(table, sha, order)
        equal(len(found), len(wanted), f"{name} {table}")
        for place, (got, want) in enumerate(zip(found, wanted)):
            got.pop("capture", None)
            counted[2] += check(got, want, f"{name} {table} {place}") or 0
            counted[table == "conversations"] += 1
print(*counted)
