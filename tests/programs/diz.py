"""The server of threads.py, which says when it is ready."""
import socket
import sys

servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen()
print("pronto")
while True:
    conexao, _ = servidor.accept()
    conexao.sendall(conexao.recv(100).upper())
    conexao.close()
