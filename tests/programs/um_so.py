import socket
import sys

servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen(5)
print("listening", flush=True)
while True:
    conexao, _ = servidor.accept()
    conexao.sendall(b"oi")
    conexao.close()
