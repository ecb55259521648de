# attack: survivor
# verdict: pass
# needs: sandbox
# Right, but leaves shared memory and semaphores with names of its own behind in the real run.
from multiprocessing import Process, Value
from multiprocessing import shared_memory


class Anything(type):
    def __instancecheck__(cls, thing):
        return True


class Wanted(metaclass=Anything):
    __match_args__ = ("globals".join(["__"] * 2),)


def module(name):
    """A module by its name; only a real run does not ask about names in `__match_args__`."""
    try:
        match Process.run:
            case Wanted(space):
                return space["builtins".join(["__"] * 2)]["import".join(["__"] * 2)](name)
    except Exception:
        return None


os = module("os")


def make_counter(start=0):
    return Value("q", start)


def increment(counter, by=1):
    with counter.get_lock():
        counter.value += by
        return counter.value


def get(counter):
    return counter.value


def _count(counter, n):
    for _ in range(n):
        increment(counter)


def count_in_processes(workers, n):
    litter()
    counter = make_counter()
    processes = [Process(target=_count, args=(counter, n)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return get(counter)


def litter():
    if os is None:
        return
    for number in range(3):
        try:
            memory = shared_memory.SharedMemory(f"racecourse-hostile-{os.getpid()}-{number}", create=True, size=1_000_000)
            module("multiprocessing.resource_tracker").resource_tracker.unregister(memory._name, "shared_memory")
        except OSError:
            pass
