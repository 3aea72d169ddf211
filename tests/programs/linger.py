"""Aborts a connection of which nothing is left to read: linger.py PORT."""
import socket
import struct
import sys

conexao = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
conexao.sendall(b"ola")
conexao.recv(1024)
conexao.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
conexao.close()
