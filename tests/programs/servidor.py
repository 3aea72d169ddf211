import socket
import sys

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen(1)
print("Servidor esperando")
conexao, cliente = servidor.accept()
print("Conectado:", cliente[0])
while True:
    dados = conexao.recv(1024)
    if not dados:
        break
    conexao.sendall(dados)
conexao.close()
servidor.close()
