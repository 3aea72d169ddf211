"""A receiver that sleeps until it is asked to end, and then counts what its socket kept."""

import signal
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", int(sys.argv[1])))
print("dormindo", flush=True)
try:
    signal.pause()
except KeyboardInterrupt:
    pass
s.setblocking(False)
n = 0
try:
    while s.recv(2000):
        n += 1
except BlockingIOError:
    print(n, "recebidos", flush=True)
