"""Gives each connection to a program as its standard input and output, as inetd does: inetd.py PORT."""
import socket
import subprocess
import sys

servidor = socket.socket()
servidor.bind(("127.0.0.1", int(sys.argv[1])))
servidor.listen(5)
while True:
    conexao, _ = servidor.accept()
    subprocess.run(["head", "-n", "1"], stdin=conexao, stdout=conexao)
    conexao.close()
