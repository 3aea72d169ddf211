"""Says one line to a server and prints its answer: fala.py PORT TEXT."""
import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5) as conexao:
    conexao.sendall(sys.argv[2].encode())
    print(conexao.recv(1024).decode())
