"""Tells netlab the line of each socket call of this program, just before the call.

netlab puts this file in front of PYTHONPATH for the programs that it runs. The line is "written" to
a descriptor that does not exist; netlab, which watches the program's system calls, reads it there.
"""
import os
import sys

NOWHERE = 0x6E6C
# The methods of socket.socket, and how the names of their system calls begin.
METHODS = {
    "__init__": "sock", "_accept": "acce", "_real_close": "clos",
    "bind": "bind", "listen": "list", "connect": "conn", "connect_ex": "conn",
    "send": "send", "sendall": "send", "sendto": "send", "sendmsg": "send", "sendfile": "send",
    "recv": "recv", "recv_into": "recv", "recvfrom": "recv", "recvfrom_into": "recv",
    "recvmsg": "recv", "recvmsg_into": "recv", "shutdown": "shut", "setsockopt": "sets",
}
LIBRARY = os.path.dirname(os.__file__) + os.sep


def is_users(name):
    """Whether code in this file is neither Python's own nor an installed package's."""
    library = name.startswith((LIBRARY, "<")) or "-packages" + os.sep in name
    return not library


def mark(kind, write=os.write, frame_of=sys._getframe, nowhere=NOWHERE, is_users=is_users):
    frame = frame_of(2)
    while frame is not None and not is_users(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is not None:
        name = frame.f_code.co_filename.rpartition("/")[2]
        try:
            write(nowhere, ("%s %s:%d" % (kind, name, frame.f_lineno)).encode())
        except OSError:
            pass


def marked(method, kind, mark=mark):
    def call(self, *args, **named):
        mark(kind)
        return method(self, *args, **named)

    def make(self, *args, **named):
        # A socket for a descriptor that is there already takes no system call.
        if len(args) < 4 and named.get("fileno") is None:
            mark(kind)
        return method(self, *args, **named)

    new = make if kind == "sock" else call
    # A traceback names this file, and netlab leaves the line out.
    new.__code__ = new.__code__.replace(co_filename="<netlab>")
    new.__name__ = getattr(method, "__name__", "call")
    new.__doc__ = method.__doc__
    return new


def wrap(module):
    for name, kind in METHODS.items():
        method = getattr(module.socket, name, None)
        if method is not None:
            setattr(module.socket, name, marked(method, kind))


class Finder:
    """Waits for the program to import socket."""

    def find_spec(self, name, path=None, target=None):
        if name != "socket":
            return None
        sys.meta_path.remove(self)
        spec = sys.modules["_frozen_importlib_external"].PathFinder.find_spec(name, path, target)
        load = getattr(getattr(spec, "loader", None), "exec_module", None)
        if load is not None:
            def exec_module(module):
                load(module)
                wrap(module)

            spec.loader.exec_module = exec_module
        return spec


def others():
    """Runs the sitecustomize that Python would have found without netlab."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    own = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        if own is not None:
            sys.modules["sitecustomize"] = own


if "socket" in sys.modules:
    wrap(sys.modules["socket"])
else:
    sys.meta_path.insert(0, Finder())
others()
