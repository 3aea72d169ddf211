"""Waits for an answer for ever, whatever signals come: teimoso.py PORT."""
import signal
import socket
import sys

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
conexao = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
conexao.recv(10)
