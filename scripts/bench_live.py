"""Packets that live captures lose, netlab's and dumpcap's in turn: `scripts/bench live`.

Each round sends the same packets over the loopback while one program captures them: at 100,000 a
second and at full speed, with 32, 1400 and 9000 bytes, by UDP and by TCP. netlab writes a file (`-w`),
rows (`-T tsv`, `-T jsonl`), or both to a reader that stalls. What is counted is what the program's file
or rows hold, beside what it says the kernel dropped.
"""
import os
import re
import signal
import statistics
import subprocess
import time

# Sends `count` messages of `size` bytes to a port of 127.0.0.1 at `rate` a second (0: as fast as it
# can), by UDP to a socket that nobody reads, or by TCP to one that is read. Prints how many it sent.
SENDER = r"""
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
int main(int c, char **v) {
  int tcp = c > 5 && !strcmp(v[1], "tcp"), type = tcp ? SOCK_STREAM : SOCK_DGRAM, one = 1;
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(v[2]))};
  long size = atol(v[3]), count = atol(v[4]), rate = atol(v[5]), sent = 0;
  char *b = calloc(1, 1 << 20);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, type, 0), r = socket(AF_INET, type, 0);
  setsockopt(r, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(r, (void *)&a, sizeof a) || (tcp && listen(r, 1)) || connect(s, (void *)&a, sizeof a)) return 1;
  if (tcp) {
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    int d = accept(r, 0, 0);
    if (!fork()) { close(s); while (read(d, b, 1 << 20) > 0); _exit(0); }
    close(d);
  }
  double began = now();
  for (long i = 0; i < count; i++) {
    if (rate && i % 20 == 0) while (now() < began + (double)i / rate);
    sent += send(s, b, size, 0) == size;
  }
  return printf("%ld\n", sent) < 0; }
"""

PORT = 47123
FULL = 1_000_000
PACED = 300_000


def subjects(netlab, work):
    """Name, command, and what counts its packets."""
    file = os.path.join(work, "live.pcapng")
    select = f"--port {PORT}"
    return [
        ("dumpcap -w", ["dumpcap", "-q", "-i", "lo", "-f", f"port {PORT}", "-w", file], file),
        ("netlab -w", [netlab, "capture", "-q", *select.split(), "-w", file], file),
        ("netlab tsv", [netlab, "capture", "-T", "tsv", "--columns", "no,info", *select.split()], None),
        ("netlab jsonl", [netlab, "capture", "-T", "jsonl", *select.split()], None),
        ("netlab -w, stalled", [netlab, "capture", "-T", "tsv", *select.split(), "-w", file], "stalled"),
    ]


def packets(path):
    told = subprocess.run(["capinfos", "-c", "-M", path], capture_output=True, text=True).stdout
    found = re.search(r"Number of packets[^0-9]*([0-9]+)", told)
    return int(found.group(1)) if found else -1


def measure(command, counted, work, send):
    """One capture: packets kept, packets that the program says were dropped."""
    rows = os.path.join(work, "live.rows")
    stalled = counted == "stalled"
    out = subprocess.PIPE if stalled else open(rows, "wb")
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
    # Both say on standard error that they capture.
    told = b""
    while b"apturing on" not in told and b"File:" not in told:
        told += os.read(process.stderr.fileno(), 4096)
    time.sleep(0.3)
    sent = int(subprocess.run(send, capture_output=True, check=True, text=True).stdout)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    if stalled:
        with open(rows, "wb") as copy:
            while block := process.stdout.read(1 << 20):
                copy.write(block)
    told += process.communicate()[1]
    if process.returncode:
        raise SystemExit(f"{command}: {told.decode()}")
    dropped = re.search(rb"(\d+) dropped|dropped on interface[^:]*: \d+/(\d+)", told.replace(b"'Loopback: lo'", b"lo"))
    dropped = int(next(group for group in dropped.groups() if group)) if dropped else -1
    file = os.path.join(work, "live.pcapng")
    kept = packets(file) if counted else sum(1 for line in open(rows, "rb")) - ("tsv" in command)
    if stalled:
        # The rows come late and all of them.
        kept = min(kept, sum(1 for line in open(rows, "rb")) - 1)
    return sent, kept, dropped


def run(netlab, work, rounds, say, names=None):
    """Prints a table: of each case and program, in how many rounds it lost packets, and how many."""
    os.makedirs(work, exist_ok=True)
    sender = os.path.join(work, "sender")
    subprocess.run(["cc", "-O2", "-w", "-x", "c", "-o", sender, "-"], input=SENDER, text=True, check=True)
    say("| packets | program | rounds with drops | dropped (median, most) | kept of sent (least) |")
    say("|---|---|---|---|---|")
    for protocol in ("udp", "tcp"):
        for size in (32, 1400, 9000):
            for rate, count in ((100_000, PACED), (0, FULL)):
                send = [sender, protocol, str(PORT), str(size), str(count), str(rate)]
                results = {}
                for _ in range(rounds):
                    for name, command, counted in subjects(netlab, work):
                        if names is None or name in names:
                            results.setdefault(name, []).append(measure(command, counted, work, send))
                pace = f"{rate:,}/s" if rate else "full speed"
                for name, runs in results.items():
                    drops = [dropped for _, _, dropped in runs]
                    # TCP decides itself how many packets its bytes take.
                    share = "" if protocol == "tcp" else f"{min(kept / sent for sent, kept, _ in runs):.4%}"
                    lost = sum(dropped > 0 for dropped in drops)
                    say(f"| {protocol} {size} bytes, {pace} | {name} | {lost} of {rounds} "
                        f"| {statistics.median(drops):.0f}, {max(drops)} | {share} |")
