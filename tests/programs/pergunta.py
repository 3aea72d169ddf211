import socket

porta = int(input("Entre com a porta: "))
servidor = socket.socket()
servidor.bind(("127.0.0.1", porta))
servidor.listen()
conexao, _ = servidor.accept()
print(conexao.recv(10))
conexao.close()
