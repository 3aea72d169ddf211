import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 9999
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", port))
server.listen()
for _ in range(3):
    client, (ip, number) = server.accept()
    print(f"Connected by {ip}:{number}")
    while data := client.recv(5):
        print(len(data), data.decode())
    client.close()
server.close()
