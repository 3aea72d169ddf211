import socket, sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", port))
server.listen()
for _ in range(2):
    client, address = server.accept()
    request = client.recv(4096).decode()
    if request.split()[1] == "/":
        status, body = "200 OK", "<h1>It works</h1>"
    else:
        status, body = "404 Not Found", "<h1>404 Not Found</h1>"
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    client.sendall((head + body).encode())
    client.close()
server.close()
