import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
for path in ("/", "/missing.html"):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    while data := client.recv(4096):
        print(data.decode())
    client.close()
