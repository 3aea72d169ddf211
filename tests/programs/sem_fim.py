import socket
import sys

servidor = socket.socket()
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen(1)
conexao, cliente = servidor.accept()
conexao.sendall(conexao.recv(1024))
conexao.recv(10)
