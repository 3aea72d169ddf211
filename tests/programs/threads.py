import socket
import sys
import threading


def atender(conexao):
    while True:
        dados = conexao.recv(1024)
        if not dados:
            break
        conexao.sendall(dados.upper())
    conexao.close()


servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen()
while True:
    conexao, _ = servidor.accept()
    threading.Thread(target=atender, args=(conexao,)).start()
