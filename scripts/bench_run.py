"""What it costs to watch a program: `scripts/bench run`.

A server and a client in C exchange 10,000 messages of one byte, or 100 MB one way: alone, under `netlab
run`, under `netlab run --no-calls`, and under `strace -f`. The client takes the time, from its first
send to its last recv. Beside it stands how long the question to the kernel took that each call asks.
"""
import os
import re
import shutil
import statistics
import subprocess

PROGRAM = r"""
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
static char block[1 << 16];
int main(int c, char **v) {
  if (c < 4) return 2;
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(v[2]))};
  long left = atol(v[3]), got; int one = 1, s = socket(AF_INET, SOCK_STREAM, 0), bulk = left > 1000000;
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!strcmp(v[1], "server")) {
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 1)) return 1;
    puts("ready"); fflush(stdout);
    s = accept(s, 0, 0);
    while ((got = recv(s, block, bulk ? sizeof block : 1, 0)) > 0) if (!bulk) send(s, block, 1, 0);
    return 0;
  }
  if (connect(s, (void *)&a, sizeof a)) return 1;
  double began = now();
  while (left > 0) {
    got = send(s, block, bulk ? sizeof block : 1, 0);
    left -= bulk ? got : 1;
    if (!bulk) recv(s, block, 1, 0);
  }
  if (bulk) { shutdown(s, SHUT_WR); recv(s, block, 1, 0); }
  printf("took %.3f\n", now() - began);
  return 0; }
"""
PORT = 47125
WORKS = [("10,000 exchanges", 10_000), ("100 MB", 100_000_000)]


def alone(program, count, before):
    """The server and the client by themselves, or each started by the words of `before`."""
    words = [*before, program]
    server = subprocess.Popen([*words, "server", str(PORT), str(count)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    server.stdout.readline()
    client = subprocess.run([*words, "client", str(PORT), str(count)], capture_output=True, text=True)
    server.wait()
    return client.stdout


def watched(netlab, program, count, more):
    """Both under netlab."""
    side = lambda name: f"{program} {name} {PORT} {count}"
    command = [netlab, "run", "-q", *more, "--server", side("server"), "--client", side("client")]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr


def questions(netlab, program, work):
    """Microseconds that the kernel took to say the state of a socket after a call."""
    path = os.path.join(work, "run.pcapng")
    watched(netlab, program, 1000, ["-w", path, "--calls-in-capture"])
    with open(path, "rb") as file:
        lines = re.findall(rb"NETLAB_CALL=(?:send|recv)\n(?:.*\n)*?NETLAB_KERNEL=\S+ \d+ \d+ (\d+)", file.read())
    return sorted(int(it) / 1000 for it in lines)


def run(netlab, work, rounds, say, program):
    ways = [
        ("alone", lambda count: alone(program, count, [])),
        ("netlab run", lambda count: watched(netlab, program, count, [])),
        ("netlab run --no-calls", lambda count: watched(netlab, program, count, ["--no-calls", "--port", str(PORT)])),
    ]
    if shutil.which("strace"):
        trace = ["strace", "-f", "-o", os.path.join(work, "trace"), "-e", "trace=%network,close,read,write"]
        ways.append(("strace -f", lambda count: alone(program, count, trace)))
        ways.append(("strace -f --seccomp-bpf", lambda count: alone(program, count, [*trace, "--seccomp-bpf"])))
    for name, count in WORKS:
        say(f"{name}: milliseconds, least and median of {rounds}")
        taken = {way: [] for way, _ in ways}
        for _ in range(rounds):
            for way, measure in ways:
                found = re.search(r"took ([\d.]+)", measure(count))
                if found:
                    taken[way].append(float(found[1]))
        for way, times in taken.items():
            say(f"  {way:<24}", f"{min(times):9.1f} {statistics.median(times):9.1f}" if times else "failed")
    asked = questions(netlab, program, work)
    if asked:
        tenth, median = asked[len(asked) // 10], statistics.median(asked)
        say(f"the kernel's answer after a call: {tenth:.1f} µs (a tenth), {median:.1f} µs (median) of {len(asked)}")
    return 0
