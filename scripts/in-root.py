"""Runs a command in another root, as a user: in-root.py ROOT USER COMMAND...

By pivot_root(2) in a mount namespace of its own: in a chroot the kernel refuses user namespaces,
which netlab's labs need.
"""
import ctypes, os, sys

CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 0x20000, 0x1000, 0x4000, 0x40000, 2
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def bind(source, target):
    check(libc.mount(source.encode(), target.encode(), None, MS_BIND | MS_REC, None))


root, user, command = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
check(libc.unshare(CLONE_NEWNS))
check(libc.mount(b"none", b"/", None, MS_PRIVATE | MS_REC, None))
bind(root, root)
for folder in ("proc", "dev"):
    os.makedirs(f"{root}/{folder}", exist_ok=True)
    bind(f"/{folder}", f"{root}/{folder}")
os.chdir(root)
check(libc.syscall(PIVOT_ROOT, b".", b"."))
check(libc.umount2(b".", MNT_DETACH))
os.chdir("/")
os.setgroups([])
os.setgid(user)
os.setuid(user)
environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "America/Sao_Paulo", "LC_ALL": "C.UTF-8"}
os.execve(command[0], command, environment)
