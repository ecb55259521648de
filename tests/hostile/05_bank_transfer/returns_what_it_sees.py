# attack: leak
# verdict: fail nondeterministic
# score: 0
# Hands everything that it can see of the scenario back as its result: arguments, threads, names of variables.
import threading
import traceback


class Account:
    def __init__(self, name, balance=0):
        self.name = name
        self.balance = balance


def transfer(src, dst, amount):
    return [vars(src), vars(dst), amount, [thread.name for thread in threading.enumerate()], dir(), str(threading.current_thread())]


def total(accounts):
    return traceback.format_stack() + [repr(accounts), repr(transfer)]
