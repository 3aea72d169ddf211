import socket
import sys

servidor = socket.socket()
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen(1)
conexao, cliente = servidor.accept()
dados = conexao.recv(1024)
conexao.sendall(dados)
conexao.settimeout(1)
try:
    conexao.recv(10)
except socket.timeout:
    print("o fim não chegou")
conexao.close()
