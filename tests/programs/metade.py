"""A server that reads a part of what comes and closes: metade.py PORT."""
import socket
import sys
import time

servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen()
conexao, _ = servidor.accept()
conexao.recv(4)
time.sleep(0.2)
conexao.close()
