"""Sends a datagram and prints the answer: fala_udp.py PORT TEXT."""
import socket
import sys

cliente = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
cliente.sendto(sys.argv[2].encode(), ("127.0.0.1", int(sys.argv[1])))
print(cliente.recvfrom(2048)[0].decode())
cliente.close()
