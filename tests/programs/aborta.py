"""Aborts its connection to itself and accepts it then: aborta.py PORT."""
import socket
import struct
import sys

servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen()
cliente = socket.create_connection(servidor.getsockname())
cliente.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
cliente.close()
conexao, (host, porta) = servidor.accept()
print(f"{host}:{porta}", flush=True)
conexao.close()
