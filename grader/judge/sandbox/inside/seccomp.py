"""A filter of system calls: what student code never needs is refused by the kernel.

The program is written here, in the kernel's classic BPF (man 2 seccomp), rather than by
libseccomp: the wheels on PyPI need that library to be installed besides, and the filter is a list.
A call that is refused fails with an error, as on a kernel that does not have it: Python tells
that in words, where a killed process would tell nothing.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import struct
from typing import Final

from grader.judge.sandbox.inside import system

# (x86_64, aarch64); None: there is no such call on it. Numbers from 424 on are the same everywhere.
_REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    # mounts and namespaces
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_tree_attr": (467, 467),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # the kernel's more intricate parts
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "seccomp": (317, 277), "personality": (135, 92), "modify_ldt": (154, None),
    "lookup_dcookie": (212, 18), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218),
    # the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "syslog": (103, 116),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    "iopl": (172, None), "ioperm": (173, None), "vhangup": (153, 58),
    # memory that no process's figures show, or that outlives the processes
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
}  # fmt: skip

# What Landlock leaves to a file's owner: modes, owners, times, extended attributes. These calls are
# not made and yet succeed, because the standard library makes some (forkserver changes a mode).
_IGNORED: Final[dict[str, tuple[int | None, int | None]]] = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469),
}  # fmt: skip

_COLUMN: Final = {"x86_64": 0, "aarch64": 1}
_ARCHITECTURE: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32: Final = 0x40000000  # numbers from here on are those of another set of calls on x86_64
_SOCKET: Final = {"x86_64": 41, "aarch64": 198}
_SOCKETPAIR: Final = {"x86_64": 53, "aarch64": 199}
_CLONE: Final = {"x86_64": 56, "aarch64": 220}
_IOCTL: Final = {"x86_64": 16, "aarch64": 29}
_CLONE3: Final = 435
_NEW_NAMESPACES: Final = 0x7E020080  # CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET, TIME
_PUSH_INTO_TERMINAL: Final = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX

_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _WHICH_ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24  # offsets in seccomp_data
_SET_SECCOMP, _MODE_FILTER = 22, 2

_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


def _fail(number: int) -> _Instruction:
    return (_RETURN, 0, 0, _ERROR | number)


def program(machine: str, *, network: bool, own_files: bool) -> list[_Instruction]:
    """The filter's instructions. `network`: sockets of the Internet's families may be made; local
    (Unix) ones always may. `own_files`: no file, and no network, is there but the process's own;
    otherwise modes are not changed, and sockets of the Internet are streams.
    """
    code: list[_Instruction] = [
        (_LOAD, 0, 0, _WHICH_ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        _fail(errno.ENOSYS),
        (_EQUAL, 0, 1, _CLONE3),  # its flags cannot be read here; C libraries then use clone
        _fail(errno.ENOSYS),
    ]
    lists = [(_REFUSED, errno.EPERM)] + ([] if own_files else [(_IGNORED, 0)])
    for calls, error in lists:
        for numbers in calls.values():
            if (number := numbers[_COLUMN[machine]]) is not None:
                code += [(_EQUAL, 0, 1, number), _fail(error)]
    code += _on(_CLONE[machine], [
        (_LOAD, 0, 0, _FIRST), (_ANY_BIT, 0, 1, _NEW_NAMESPACES), _fail(errno.EPERM),
    ])  # fmt: skip
    pushes = [(_EQUAL, len(_PUSH_INTO_TERMINAL) - at, 0, each)
              for at, each in enumerate(_PUSH_INTO_TERMINAL)]  # fmt: skip
    code += _on(_IOCTL[machine], [
        (_LOAD, 0, 0, _SECOND), *pushes, (_RETURN, 0, 0, _ALLOW), _fail(errno.EPERM),
    ])  # fmt: skip
    local = [(_LOAD, 0, 0, _FIRST), (_EQUAL, 0, 1, socket.AF_UNIX), (_RETURN, 0, 0, _ALLOW)]
    code += _on(_SOCKETPAIR[machine], [*local, _fail(errno.EAFNOSUPPORT)])
    code += _on(_SOCKET[machine], [*local, *_internet(network, own_files)])
    return [*code, (_RETURN, 0, 0, _ALLOW)]


def _on(number: int, then: list[_Instruction]) -> list[_Instruction]:
    """`then`, for the call with this number."""
    return [(_EQUAL, 0, len(then) + 1, number), *then, (_RETURN, 0, 0, _ALLOW)]


def _internet(network: bool, datagrams: bool) -> list[_Instruction]:
    """For a socket whose family is loaded."""
    if not network:
        return [_fail(errno.EAFNOSUPPORT)]
    families = [
        (_EQUAL, 2, 0, socket.AF_INET), (_EQUAL, 1, 0, socket.AF_INET6),
        _fail(errno.EAFNOSUPPORT),
    ]  # fmt: skip
    if datagrams:
        return families
    return [*families, (_LOAD, 0, 0, _SECOND), (_AND, 0, 0, 0xF),
            (_EQUAL, 1, 0, socket.SOCK_STREAM), _fail(errno.EPERM)]  # fmt: skip


def filter_calls(*, network: bool, own_files: bool) -> None:
    """Puts the filter on this process and all that it starts, for good. Needs
    `no_new_privileges`. Raises `CannotConfine`.
    """
    code = program(system.machine(), network=network, own_files=own_files)
    packed = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in code))
    fields = struct.pack("@HP", len(code), ctypes.addressof(packed))
    header = ctypes.create_string_buffer(fields)
    arguments = (ctypes.c_int(_SET_SECCOMP), ctypes.c_ulong(_MODE_FILTER), header)
    system.checked(system.libc().prctl(*arguments), "filtering system calls")
