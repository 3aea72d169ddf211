"""A sender of 1,000 datagrams, as fast as it can."""

import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(1000):
    s.sendto(bytes(1400), ("127.0.0.1", int(sys.argv[1])))
