#!/usr/bin/env python3
"""Exports more captures than one machine should: Spark spreads them over machines, netlab does the work.

    spark-submit scripts/spark/course.py --output tables [--netlab PATH] [--slices N] CAPTURE...

Each CAPTURE is a file or a folder. They, the tables and netlab lie where every executor finds them
under the same name (NFS, CephFS, a volume). An executor takes a slice of the captures and calls
`netlab export` for it, so that the tables are those that `netlab export` writes on one machine.
What netlab said of bad files is printed. Exits with 5 where a capture could not be read, as netlab does.
"""
import argparse
import hashlib
import os
import subprocess
import sys

from pyspark.sql import SparkSession

SUFFIXES = ("pcap", "pcapng", "cap", "dmp", "ntar", "txt")
PACKED = ("gz", "zst", "lz4")


def is_capture(name):
    parts = name.lower().split(".")
    if len(parts) > 2 and parts[-1] in PACKED:
        parts.pop()
    return len(parts) > 1 and parts[-1] in SUFFIXES and not name.startswith(".")


def captures(named):
    """The files that are named, in place of a folder the captures in it and below it."""
    for path in named:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, inner, names in os.walk(path):
            inner.sort()
            yield from (os.path.join(folder, name) for name in sorted(names) if is_capture(name))


def fingerprint(numbered):
    """A file by its SHA-256; one that cannot be read, by its name: netlab says why."""
    try:
        with open(numbered[1], "rb") as file:
            digest = hashlib.sha256()
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
            return digest.hexdigest(), numbered
    except OSError:
        return numbered[1], numbered


def exporter(netlab, output):
    """What an executor does with its slice: one call of netlab, and what that says."""

    def export(slice_of_files):
        files = list(slice_of_files)
        if files:
            command = [netlab, "export", *files, "-o", output]
            done = subprocess.run(command, capture_output=True, text=True)
            yield done.returncode, done.stderr

    return export


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("captures", nargs="+", metavar="CAPTURE")
    parser.add_argument("--output", required=True, help="the folder of the tables")
    parser.add_argument("--netlab", default="netlab", help="the netlab of the executors")
    parser.add_argument("--slices", type=int, help="how many parts the work has [default: 4 a core]")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("netlab export").getOrCreate()
    files = list(captures(args.captures))
    slices = args.slices or 4 * spark.sparkContext.defaultParallelism
    slices = max(1, min(slices, len(files)))
    output = os.path.abspath(args.output)
    os.makedirs(output, exist_ok=True)
    named = list(enumerate(os.path.join(os.getcwd(), it) for it in files))
    spread = spark.sparkContext.parallelize(named, slices)
    # The same bytes under several names are exported once, by the first of them.
    first = spread.map(fingerprint).reduceByKey(min).values().sortByKey(numPartitions=slices)
    told = first.values().mapPartitions(exporter(args.netlab, output)).collect()
    spark.stop()

    for _, said in told:
        sys.stderr.write("".join(line for line in said.splitlines(True) if " written" not in line))
    sys.exit(max((code for code, _ in told), default=0))


if __name__ == "__main__":
    main()
