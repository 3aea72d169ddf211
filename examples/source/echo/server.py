import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 5050
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", port))
server.listen()
client, address = server.accept()
print("connected by", address)
while True:
    data = client.recv(1024)
    if not data:
        break
    client.sendall(data)
client.close()
server.close()
