"""Answers each client from a process of its own: multi.py PORT."""
import multiprocessing
import socket
import sys


def atende(conexao):
    with conexao:
        conexao.sendall(conexao.recv(100))


def main():
    servidor = socket.socket()
    servidor.bind(("127.0.0.1", int(sys.argv[1])))
    servidor.listen(64)
    while True:
        conexao, _ = servidor.accept()
        multiprocessing.Process(target=atende, args=(conexao,)).start()
        conexao.close()


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    main()
