import socketserver
import sys


class Eco(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(self.request.recv(100))


class Servidor(socketserver.ForkingTCPServer):
    allow_reuse_address = True


Servidor(("127.0.0.1", int(sys.argv[1])), Eco).serve_forever()
